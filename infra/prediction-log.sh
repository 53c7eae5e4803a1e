#!/usr/bin/env bash
# Makes what the services need in a Google Cloud project: a service account, a bucket, topics, and the subscriptions by which
# Pub/Sub writes predictions and feedback into the bucket. May be run again: what is there stays, and is brought up to date.
#   PROJECT=my-project REGION=europe-west1 infra/prediction-log.sh
set -euo pipefail
: "${PROJECT:?the id of the project}" "${REGION:?the region of the bucket, such as europe-west1}"
BUCKET=${BUCKET:-$PROJECT-assay}
cd "$(dirname "$0")"

in_project() { gcloud --quiet --project "$PROJECT" "$@"; }
# Makes something unless it is there: KIND NAME, and flags for making it.
make() {
  local kind=$1 name=$2
  shift 2
  # The kind is one word or more.
  # shellcheck disable=SC2086
  in_project $kind describe "$name" > /dev/null 2>&1 || in_project $kind create "$name" "$@"
}

in_project services enable pubsub.googleapis.com storage.googleapis.com run.googleapis.com
email=assay@$PROJECT.iam.gserviceaccount.com
account=serviceAccount:$email
in_project iam service-accounts describe "$email" > /dev/null 2>&1 ||
  in_project iam service-accounts create assay --display-name 'Services of Assay'

make 'storage buckets' "gs://$BUCKET" --location "$REGION" --uniform-bucket-level-access --public-access-prevention
in_project storage buckets update "gs://$BUCKET" --lifecycle-file bucket-lifecycle.json
in_project storage buckets add-iam-policy-binding "gs://$BUCKET" --member "$account" --role roles/storage.objectUser

# Pub/Sub itself, which writes into the bucket and moves what cannot be delivered aside.
number=$(in_project projects describe "$PROJECT" --format 'value(projectNumber)')
agent=serviceAccount:service-$number@gcp-sa-pubsub.iam.gserviceaccount.com
for role in objectCreator legacyBucketReader; do
  in_project storage buckets add-iam-policy-binding "gs://$BUCKET" --member "$agent" --role "roles/storage.$role"
done

for topic in predictions feedback models drift; do
  make 'pubsub topics' "$topic"
  in_project pubsub topics add-iam-policy-binding "$topic" --member "$account" --role roles/pubsub.publisher
done

# Flags of a subscription that keeps what is not taken for a week, and never ends by itself.
patient=(--message-retention-duration 7d --expiration-period never)
# A topic and subscription of the same name for what a subscription cannot deliver: NAME.
make_dead_letters() {
  make 'pubsub topics' "$1-dead-letter"
  make 'pubsub subscriptions' "$1-dead-letter" --topic "$1-dead-letter" "${patient[@]}"
  in_project pubsub topics add-iam-policy-binding "$1-dead-letter" --member "$agent" --role roles/pubsub.publisher
}

# Objects of the layout that the log sink writes at home: TOPIC/YYYY-MM-DD/hh/….jsonl, a line for each event.
for topic in predictions feedback; do
  make_dead_letters "$topic-log-sink"
  make 'pubsub subscriptions' "$topic-log-sink" --topic "$topic" "${patient[@]}" \
    --cloud-storage-bucket "$BUCKET" --cloud-storage-file-prefix "$topic/" \
    --cloud-storage-file-datetime-format YYYY-MM-DD/hh/mm_ssZ --cloud-storage-file-suffix .jsonl \
    --cloud-storage-output-format text --cloud-storage-max-duration 1m --cloud-storage-max-bytes 8MB \
    --dead-letter-topic "$topic-log-sink-dead-letter" --max-delivery-attempts 20
  in_project pubsub subscriptions add-iam-policy-binding "$topic-log-sink" --member "$agent" --role roles/pubsub.subscriber
done

# What inference-api listens to: a promotion that it misses it finds in the registry.
make_dead_letters models-inference-api
make 'pubsub subscriptions' models-inference-api --topic models --enable-message-ordering "${patient[@]}" \
  --dead-letter-topic models-inference-api-dead-letter --max-delivery-attempts 20
for subscription in models-inference-api models-inference-api-dead-letter; do
  in_project pubsub subscriptions add-iam-policy-binding "$subscription" --member "$account" --role roles/pubsub.subscriber
done
in_project pubsub subscriptions add-iam-policy-binding models-inference-api --member "$agent" --role roles/pubsub.subscriber
