#!/usr/bin/env bash
# Has Cloud Scheduler ask drift-service for the drift reports of every champion, five minutes past each hour. The service must be
# deployed. May be run again: what is there is brought up to date.
#   PROJECT=my-project REGION=europe-west1 infra/drift-schedule.sh
set -euo pipefail
: "${PROJECT:?the id of the project}" "${REGION:?the region of drift-service, such as europe-west1}"
SCHEDULE=${SCHEDULE:-5 * * * *}

in_project() { gcloud --quiet --project "$PROJECT" "$@"; }

in_project services enable cloudscheduler.googleapis.com
email=assay@$PROJECT.iam.gserviceaccount.com
url=$(in_project run services describe drift-service --region "$REGION" --format 'value(status.url)')
in_project run services add-iam-policy-binding drift-service --region "$REGION" \
  --member "serviceAccount:$email" --role roles/run.invoker

verb=create
if in_project scheduler jobs describe drift-reports --location "$REGION" > /dev/null 2>&1; then verb=update; fi
# A report of a window is made once: a call that is made again costs nothing.
in_project scheduler jobs "$verb" http drift-reports --location "$REGION" \
  --schedule "$SCHEDULE" --time-zone Etc/UTC --uri "$url/reports" --http-method POST \
  --oidc-service-account-email "$email" --oidc-token-audience "$url" \
  --attempt-deadline 1800s --max-retry-attempts 3 --min-backoff 30s
