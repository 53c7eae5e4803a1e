// Made by npm run api-types from /openapi.json.
export interface paths {
  '/predictions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was predicted, with what turned out to be true
     * @description The latest first. Those that meet every condition given; what comes while pages are turned is not in them.
     */
    get: operations['listPredictions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/predictions/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Predictions as they come, as server-sent events
     * @description Events `prediction`, with the record as JSON and its id as the id of the event. Who comes again with `Last-Event-ID` gets what came since then, from the last 24 hours, at least once: tell records apart by `id`. After a longer absence an event `gap` says `{ "before" }`: what is older is in `GET /predictions`. A comment every 15 seconds keeps the connection. A listener who falls 1000 behind is cut off, and comes again.
     */
    get: operations['streamPredictions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/predictions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was predicted, with all that was said of it */
    get: operations['getPrediction'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/traffic': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many predictions there were, how they ended, how long they took, how often they were right */
    get: operations['getTraffic'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Drift reports, the latest window first */
    get: operations['listReports'];
    put?: never;
    /**
     * Holds a window of the log against what the model knows, now
     * @description Answers with the report of the model that is named, else with a line for each champion. Without a body: every champion, the last hours that are over; this is what a scheduler calls. There is one report of a window: whoever asks again, or at the same time, gets the same.
     */
    post: operations['makeReport'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reports/latest': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The report of the latest window */
    get: operations['getLatestReport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reports/{id}.html': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A drift report as one page, which needs no network */
    get: operations['getReportPage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reports/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A drift report: the verdict, what changed, whether it hurts, with the evidence
     * @description As JSON; as a page for callers that would rather have HTML.
     */
    get: operations['getReport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/reports/{id}/diff/{other}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What changed from one report of a model to another
     * @description As JSON; as a page for callers that would rather have HTML.
     */
    get: operations['diffReports'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whose drift is on since when, and what people were told of it */
    get: operations['listAlerts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the process answers; restart it if not */
    get: operations['live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether requests may be sent here
     * @description 503 before start-up ends, where it failed (with the reason) and once shutdown began.
     */
    get: operations['ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Metrics for Prometheus */
    get: operations['metrics'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This documentation for programs */
    get: operations['openApi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/docs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This documentation as a page */
    get: operations['docs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/docs/{file}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the page loads */
    get: operations['docsFile'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    PredictionPage: {
      /** @description The latest first */
      predictions: {
        /** Format: uuid */
        id: string;
        /** Format: date-time */
        time: string;
        requestId: string;
        traceId?: string;
        client?: string;
        model?: {
          name: string;
          version: string;
          digest: string;
          /** @enum {string} */
          variant: 'fp32' | 'int8';
          preprocessingDigest: string;
        };
        input?:
          | {
              /** @constant */
              kind: 'image';
              sha256: string;
              bytes: number;
              format?: string;
              width?: number;
              height?: number;
              properties?: {
                aspect: number;
                brightness: number;
                contrast: number;
                sharpness: number;
                saturation: number;
                redShare: number;
                greenShare: number;
                blueShare: number;
                entropy: number;
                jpegQuality?: number;
              };
              /** @constant */
              stored?: true;
            }
          | {
              /** @constant */
              kind: 'tabular';
              sha256: string;
              bytes: number;
              features?: {
                [key: string]: number;
              };
              featuresLeftOut?: number;
            };
        /** @enum {string} */
        outcome: 'answered' | 'refused' | 'failed' | 'cancelled';
        /** @enum {string} */
        code?:
          | 'bad-request'
          | 'no-file'
          | 'too-many-files'
          | 'malformed-json'
          | 'invalid-query'
          | 'malformed-multipart'
          | 'request-aborted'
          | 'not-found'
          | 'unknown-prediction'
          | 'unknown-model'
          | 'unknown-version'
          | 'unknown-report'
          | 'method-not-allowed'
          | 'version-exists'
          | 'weaker-model'
          | 'batch-too-large'
          | 'upload-too-large'
          | 'unsupported-media-type'
          | 'unsupported-image-format'
          | 'unreadable-image'
          | 'too-many-pixels'
          | 'invalid-features'
          | 'invalid-sample'
          | 'invalid-profile'
          | 'no-reference-profile'
          | 'invalid-window'
          | 'incomparable-reports'
          | 'unknown-label'
          | 'wrong-input-kind'
          | 'overloaded'
          | 'cross-site-request'
          | 'service-unreachable'
          | 'service-timeout'
          | 'internal'
          | 'not-ready'
          | 'shutting-down'
          | 'invalid-configuration'
          | 'invalid-package'
          | 'invalid-dataset'
          | 'invalid-model'
          | 'object-not-found'
          | 'precondition-failed'
          | 'invalid-object-key'
          | 'invalid-range'
          | 'checksum-mismatch'
          | 'storage-forbidden'
          | 'storage-full'
          | 'storage-unavailable'
          | 'invalid-event'
          | 'invalid-token'
          | 'bus-forbidden'
          | 'bus-full'
          | 'bus-damaged'
          | 'bus-unavailable'
          | 'query-too-large'
          | 'log-busy'
          | 'manual-download'
          | 'training-failed';
        answer?: {
          prediction: string;
          probability: number;
          confidence: number;
          margin: number;
          entropy: number;
          decision: string;
          scores: {
            [key: string]: number;
          };
          scoresLeftOut?: number;
          scopeDistance?: number;
          embedding?: number[];
        };
        stages: {
          [key: string]: number;
        };
        /** @description All that was said of it, the earliest first: the last holds */
        feedback: {
          /** Format: uuid */
          id: string;
          /** Format: date-time */
          time: string;
          requestId: string;
          traceId?: string;
          client?: string;
          /** Format: uuid */
          predictionId: string;
          label: string;
          model: string;
        }[];
      }[];
      /** @description Give it as `pageToken`, with the same filters, to get the next page; left out on the last */
      nextPageToken?: string;
    };
    Problem: {
      /** @description URI of the kind of problem: `urn:assay:problem:` and the code */
      type: string;
      /** @description What kind of problem this is; never varies for one code */
      title: string;
      /** @description The HTTP status */
      status: number;
      /** @description What was expected, what came and what to do */
      detail: string;
      /** @description URI of this occurrence: `urn:assay:request:` and the request id */
      instance: string;
      /** @description Stable name of the problem, to be matched on by programs */
      code: string;
    } & {
      [key: string]: unknown;
    };
    RememberedPrediction: {
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      time: string;
      requestId: string;
      traceId?: string;
      client?: string;
      model?: {
        name: string;
        version: string;
        digest: string;
        /** @enum {string} */
        variant: 'fp32' | 'int8';
        preprocessingDigest: string;
      };
      input?:
        | {
            /** @constant */
            kind: 'image';
            sha256: string;
            bytes: number;
            format?: string;
            width?: number;
            height?: number;
            properties?: {
              aspect: number;
              brightness: number;
              contrast: number;
              sharpness: number;
              saturation: number;
              redShare: number;
              greenShare: number;
              blueShare: number;
              entropy: number;
              jpegQuality?: number;
            };
            /** @constant */
            stored?: true;
          }
        | {
            /** @constant */
            kind: 'tabular';
            sha256: string;
            bytes: number;
            features?: {
              [key: string]: number;
            };
            featuresLeftOut?: number;
          };
      /** @enum {string} */
      outcome: 'answered' | 'refused' | 'failed' | 'cancelled';
      /** @enum {string} */
      code?:
        | 'bad-request'
        | 'no-file'
        | 'too-many-files'
        | 'malformed-json'
        | 'invalid-query'
        | 'malformed-multipart'
        | 'request-aborted'
        | 'not-found'
        | 'unknown-prediction'
        | 'unknown-model'
        | 'unknown-version'
        | 'unknown-report'
        | 'method-not-allowed'
        | 'version-exists'
        | 'weaker-model'
        | 'batch-too-large'
        | 'upload-too-large'
        | 'unsupported-media-type'
        | 'unsupported-image-format'
        | 'unreadable-image'
        | 'too-many-pixels'
        | 'invalid-features'
        | 'invalid-sample'
        | 'invalid-profile'
        | 'no-reference-profile'
        | 'invalid-window'
        | 'incomparable-reports'
        | 'unknown-label'
        | 'wrong-input-kind'
        | 'overloaded'
        | 'cross-site-request'
        | 'service-unreachable'
        | 'service-timeout'
        | 'internal'
        | 'not-ready'
        | 'shutting-down'
        | 'invalid-configuration'
        | 'invalid-package'
        | 'invalid-dataset'
        | 'invalid-model'
        | 'object-not-found'
        | 'precondition-failed'
        | 'invalid-object-key'
        | 'invalid-range'
        | 'checksum-mismatch'
        | 'storage-forbidden'
        | 'storage-full'
        | 'storage-unavailable'
        | 'invalid-event'
        | 'invalid-token'
        | 'bus-forbidden'
        | 'bus-full'
        | 'bus-damaged'
        | 'bus-unavailable'
        | 'query-too-large'
        | 'log-busy'
        | 'manual-download'
        | 'training-failed';
      answer?: {
        prediction: string;
        probability: number;
        confidence: number;
        margin: number;
        entropy: number;
        decision: string;
        scores: {
          [key: string]: number;
        };
        scoresLeftOut?: number;
        scopeDistance?: number;
        embedding?: number[];
      };
      stages: {
        [key: string]: number;
      };
      /** @description All that was said of it, the earliest first: the last holds */
      feedback: {
        /** Format: uuid */
        id: string;
        /** Format: date-time */
        time: string;
        requestId: string;
        traceId?: string;
        client?: string;
        /** Format: uuid */
        predictionId: string;
        label: string;
        model: string;
      }[];
    };
    Traffic: {
      window: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
        to: string;
      };
      /** @enum {string} */
      per: 'minute' | 'hour' | 'day';
      /** @description The earliest first; those without requests are left out */
      intervals: {
        /**
         * Format: date-time
         * @description Its beginning, UTC
         */
        from: string;
        /** @description Predictions that were asked for */
        requests: number;
        /** @description How they ended */
        outcomes: {
          [key: string]: number;
        };
        /** @description Of those with an answer: labels, `uncertain`, `out-of-scope` */
        decisions: {
          [key: string]: number;
        };
        /** @description Of those without an answer: why */
        codes: {
          [key: string]: number;
        };
        /** @description Time in the service that 50, 90 and 99 % of the answers did not exceed */
        latencyMs?: {
          p50: number;
          p90: number;
          p99: number;
        };
        /** @description By the latest truth that was said */
        feedback: {
          /** @description Answers of which the truth is known */
          given: number;
          /** @description Of these, whose prediction was the truth */
          right: number;
        };
      }[];
    };
    DriftReportRequest: {
      /** @description Name of the model; every champion where left out */
      model?: string;
      /** @description Version of the model; its champion where left out */
      version?: string;
      /** @description `24h`, `7d`: up to this minute; the last hours that are over where left out */
      window?:
        | string
        | {
            /**
             * Format: date-time
             * @description Rounded down to the hour
             */
            from: string;
            /**
             * Format: date-time
             * @description Not included; rounded up to the hour, in the current hour to the minute
             */
            to: string;
          };
    };
    DriftReportPage: {
      reports: {
        id: string;
        /** Format: date-time */
        time: string;
        model: {
          name: string;
          version: string;
        };
        window: {
          /** Format: date-time */
          from: string;
          /** Format: date-time */
          to: string;
        };
        /** @enum {string} */
        verdict: 'stable' | 'drifted' | 'insufficient-data';
        summary: string;
        records: number;
        drifted: string[];
      }[];
      /** @description Names the next page; absent on the last. A page may be short, or empty, and not the last */
      nextPageToken?: string;
    };
    DriftReport: {
      /** @constant */
      schemaVersion: 1;
      id: string;
      /** Format: date-time */
      time: string;
      model: {
        name: string;
        version: string;
      };
      window: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
        to: string;
      };
      records: {
        total: number;
        answered: number;
        refused: number;
        failed: number;
        cancelled: number;
        passedOver: number;
      };
      reference: {
        digest: string;
        inputs: number;
      };
      /** @enum {string} */
      verdict: 'stable' | 'drifted' | 'insufficient-data';
      summary: string;
      moreNeeded?: number;
      alpha: {
        level: number;
        budget: number;
      };
      features: {
        feature: string;
        /** @enum {string} */
        group: 'image' | 'feature' | 'answer' | 'score' | 'embedding' | 'operation';
        /** @enum {string} */
        aspect: 'values' | 'missing';
        /** @enum {string} */
        verdict: 'stable' | 'drifted' | 'insufficient-data';
        direction: string;
        /** @enum {string} */
        measure: 'wasserstein' | 'jensen-shannon' | 'share' | 'maximum-mean-discrepancy';
        effect: number | null;
        threshold: number;
        pValue: number;
        adjusted: number;
        reference: number;
        current: number;
        detectable: number | null;
        moreNeeded?: number;
        follows?: string;
        histogram?:
          | {
              /** @constant */
              kind: 'numeric';
              edges: number[];
              reference: number[];
              current: number[];
            }
          | {
              /** @constant */
              kind: 'categorical';
              names: string[];
              reference: number[];
              current: number[];
            };
      }[];
      performance: {
        before?: {
          share: number;
          interval: [number, number];
          records: number;
        };
        expected?: {
          share: number;
          interval: [number, number];
          records: number;
        };
        realised?: {
          share: number;
          interval: [number, number];
          records: number;
        };
        change?: {
          change: number;
          interval: [number, number];
        };
        calibrationError?: {
          before?: number;
          now: number;
          interval: [number, number];
        };
        labelShift?: {
          label: string;
          before: number;
          now: number;
          interval: [number, number];
        }[];
        notes: string[];
      };
      slices: {
        dimension: string;
        value: string;
        records: number;
        /** @enum {string} */
        verdict: 'stable' | 'drifted' | 'insufficient-data';
        adjusted: number;
        feature?: string;
        direction?: string;
        effect?: number | null;
        apart?: {
          feature: string;
          direction: string;
          effect: number;
        };
      }[];
      evidence: {
        id: string;
        /** Format: date-time */
        time: string;
        typicality: number;
        reasons: string[];
        prediction?: string;
        confidence?: number;
        values: {
          [key: string]: number | string | null;
        };
        image?: string;
      }[];
      timeline: {
        /** Format: date-time */
        from: string;
        /** Format: date-time */
        to: string;
        records: number;
        effects: {
          [key: string]: number | null;
        };
        meanConfidence: number | null;
        refused: number;
        failed: number;
      }[];
      pipeline: {
        fingerprints: {
          part: string;
          value: string;
          records: number;
          /** Format: date-time */
          from: string;
          /** Format: date-time */
          to: string;
        }[];
        changes: string[];
      };
      seasonal?: {
        windows: {
          /** Format: date-time */
          from: string;
          /** Format: date-time */
          to: string;
        }[];
        records: number;
        /** @enum {string} */
        verdict: 'stable' | 'drifted' | 'insufficient-data';
        summary: string;
        features: {
          feature: string;
          /** @enum {string} */
          group: 'image' | 'feature' | 'answer' | 'score' | 'embedding' | 'operation';
          /** @enum {string} */
          aspect: 'values' | 'missing';
          /** @enum {string} */
          verdict: 'stable' | 'drifted' | 'insufficient-data';
          direction: string;
          /** @enum {string} */
          measure: 'wasserstein' | 'jensen-shannon' | 'share' | 'maximum-mean-discrepancy';
          effect: number | null;
          threshold: number;
          pValue: number;
          adjusted: number;
          reference: number;
          current: number;
          detectable: number | null;
          moreNeeded?: number;
          follows?: string;
        }[];
      };
      cost: {
        recordsRead: number;
        hoursFromProfiles: number;
        hoursCounted: number;
        milliseconds: number;
      };
      parity?: {
        tool: string;
        /** @enum {string} */
        verdict: 'stable' | 'drifted';
        driftedShare: number;
        driftShareLimit: number;
        columns: {
          feature: string;
          test: string;
          score: number | null;
          threshold: number;
          drifted: boolean;
          /** @enum {string} */
          verdict: 'stable' | 'drifted' | 'insufficient-data';
          why?: string;
        }[];
      };
    };
    DriftReportDiff: {
      before: {
        id: string;
        /** Format: date-time */
        time: string;
        model: {
          name: string;
          version: string;
        };
        window: {
          /** Format: date-time */
          from: string;
          /** Format: date-time */
          to: string;
        };
        /** @enum {string} */
        verdict: 'stable' | 'drifted' | 'insufficient-data';
        summary: string;
        records: number;
        drifted: string[];
      };
      after: {
        id: string;
        /** Format: date-time */
        time: string;
        model: {
          name: string;
          version: string;
        };
        window: {
          /** Format: date-time */
          from: string;
          /** Format: date-time */
          to: string;
        };
        /** @enum {string} */
        verdict: 'stable' | 'drifted' | 'insufficient-data';
        summary: string;
        records: number;
        drifted: string[];
      };
      summary: string;
      features: {
        feature: string;
        /** @enum {string} */
        aspect: 'values' | 'missing';
        /** @enum {string} */
        before?: 'stable' | 'drifted' | 'insufficient-data';
        /** @enum {string} */
        after?: 'stable' | 'drifted' | 'insufficient-data';
        effectBefore?: number | null;
        effectAfter?: number | null;
        direction: string;
      }[];
    };
    DriftAlertList: {
      alerts: {
        /** @constant */
        schemaVersion: 1;
        model: string;
        /** @enum {string} */
        status: 'clear' | 'alarm';
        /** Format: date-time */
        since: string;
        features: string[];
        stableInARow: number;
        report: string;
        window: {
          /** Format: date-time */
          from: string;
          /** Format: date-time */
          to: string;
        };
        history: {
          /** @enum {string} */
          kind: 'alarm' | 'spread' | 'reminder' | 'all-clear';
          /** Format: date-time */
          time: string;
          report: string;
          window: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
          };
          summary: string;
          features: string[];
          /** @enum {string} */
          delivery: 'none' | 'pending' | 'delivered' | 'failed';
        }[];
      }[];
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listPredictions: {
    parameters: {
      query?: {
        /** @description Beginning of the window: a time, or a day in UTC */
        from?: string;
        /** @description End of the window, not in it; now where left out */
        to?: string;
        /** @description Name of the model */
        model?: string;
        /** @description Version of the model */
        version?: string;
        /** @description The file that answered */
        variant?: 'fp32' | 'int8';
        /** @description Who asked */
        client?: string;
        /** @description How it ended */
        outcome?: 'answered' | 'refused' | 'failed' | 'cancelled';
        /** @description Why there was no answer */
        code?:
          | 'bad-request'
          | 'no-file'
          | 'too-many-files'
          | 'malformed-json'
          | 'invalid-query'
          | 'malformed-multipart'
          | 'request-aborted'
          | 'not-found'
          | 'unknown-prediction'
          | 'unknown-model'
          | 'unknown-version'
          | 'unknown-report'
          | 'method-not-allowed'
          | 'version-exists'
          | 'weaker-model'
          | 'batch-too-large'
          | 'upload-too-large'
          | 'unsupported-media-type'
          | 'unsupported-image-format'
          | 'unreadable-image'
          | 'too-many-pixels'
          | 'invalid-features'
          | 'invalid-sample'
          | 'invalid-profile'
          | 'no-reference-profile'
          | 'invalid-window'
          | 'incomparable-reports'
          | 'unknown-label'
          | 'wrong-input-kind'
          | 'overloaded'
          | 'cross-site-request'
          | 'service-unreachable'
          | 'service-timeout'
          | 'internal'
          | 'not-ready'
          | 'shutting-down'
          | 'invalid-configuration'
          | 'invalid-package'
          | 'invalid-dataset'
          | 'invalid-model'
          | 'object-not-found'
          | 'precondition-failed'
          | 'invalid-object-key'
          | 'invalid-range'
          | 'checksum-mismatch'
          | 'storage-forbidden'
          | 'storage-full'
          | 'storage-unavailable'
          | 'invalid-event'
          | 'invalid-token'
          | 'bus-forbidden'
          | 'bus-full'
          | 'bus-damaged'
          | 'bus-unavailable'
          | 'query-too-large'
          | 'log-busy'
          | 'manual-download'
          | 'training-failed';
        /** @description The most probable label */
        prediction?: string;
        /** @description A label, `uncertain` or `out-of-scope` */
        decision?: string;
        /** @description sha256 of the input */
        input?: string;
        /** @description The truth, as the latest feedback has it */
        label?: string;
        /** @description Whether the truth is known; whether the prediction was `right` or `wrong` */
        feedback?: 'given' | 'missing' | 'right' | 'wrong';
        /** @description Most predictions on a page */
        limit?: number;
        /** @description `nextPageToken` of the page before */
        pageToken?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PredictionPage'];
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `query-too-large`: The query needs more memory than allowed */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `overloaded`: The service is at its limit */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  streamPredictions: {
    parameters: {
      query?: {
        /** @description Name of the model */
        model?: string;
        /** @description Version of the model */
        version?: string;
        /** @description The file that answered */
        variant?: 'fp32' | 'int8';
        /** @description Who asked */
        client?: string;
        /** @description How it ended */
        outcome?: 'answered' | 'refused' | 'failed' | 'cancelled';
        /** @description Why there was no answer */
        code?:
          | 'bad-request'
          | 'no-file'
          | 'too-many-files'
          | 'malformed-json'
          | 'invalid-query'
          | 'malformed-multipart'
          | 'request-aborted'
          | 'not-found'
          | 'unknown-prediction'
          | 'unknown-model'
          | 'unknown-version'
          | 'unknown-report'
          | 'method-not-allowed'
          | 'version-exists'
          | 'weaker-model'
          | 'batch-too-large'
          | 'upload-too-large'
          | 'unsupported-media-type'
          | 'unsupported-image-format'
          | 'unreadable-image'
          | 'too-many-pixels'
          | 'invalid-features'
          | 'invalid-sample'
          | 'invalid-profile'
          | 'no-reference-profile'
          | 'invalid-window'
          | 'incomparable-reports'
          | 'unknown-label'
          | 'wrong-input-kind'
          | 'overloaded'
          | 'cross-site-request'
          | 'service-unreachable'
          | 'service-timeout'
          | 'internal'
          | 'not-ready'
          | 'shutting-down'
          | 'invalid-configuration'
          | 'invalid-package'
          | 'invalid-dataset'
          | 'invalid-model'
          | 'object-not-found'
          | 'precondition-failed'
          | 'invalid-object-key'
          | 'invalid-range'
          | 'checksum-mismatch'
          | 'storage-forbidden'
          | 'storage-full'
          | 'storage-unavailable'
          | 'invalid-event'
          | 'invalid-token'
          | 'bus-forbidden'
          | 'bus-full'
          | 'bus-damaged'
          | 'bus-unavailable'
          | 'query-too-large'
          | 'log-busy'
          | 'manual-download'
          | 'training-failed';
        /** @description The most probable label */
        prediction?: string;
        /** @description A label, `uncertain` or `out-of-scope` */
        decision?: string;
        /** @description sha256 of the input */
        input?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Goes on until the caller or the service ends it */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      /** @description `bad-request`: The request is not well formed. `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `overloaded`: The service is at its limit */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `shutting-down`: The service is shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getPrediction: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description `id` of the answer */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description From the log */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RememberedPrediction'];
        };
      };
      /** @description `bad-request`: The request is not well formed. `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown-prediction`: No such prediction */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `overloaded`: The service is at its limit */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTraffic: {
    parameters: {
      query?: {
        /** @description Beginning of the window: a time, or a day in UTC */
        from?: string;
        /** @description End of the window, not in it; now where left out */
        to?: string;
        /** @description Name of the model; all where left out */
        model?: string;
        /** @description Version of the model */
        version?: string;
        /** @description Length of the intervals */
        per?: 'minute' | 'hour' | 'day';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description By interval; the window is the 24 hours before its end where no beginning is given */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Traffic'];
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `query-too-large`: The query needs more memory than allowed */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `overloaded`: The service is at its limit */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listReports: {
    parameters: {
      query?: {
        /** @description Name of the model */
        model?: string;
        /** @description Version of the model */
        version?: string;
        /** @description What they say */
        verdict?: 'stable' | 'drifted' | 'insufficient-data';
        /** @description Most reports on a page */
        limit?: number;
        /** @description `nextPageToken` of the page before */
        pageToken?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DriftReportPage'];
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  makeReport: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': components['schemas']['DriftReportRequest'];
      };
    };
    responses: {
      /** @description It was there already */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json':
            | {
                /** @constant */
                schemaVersion: 1;
                id: string;
                /** Format: date-time */
                time: string;
                model: {
                  name: string;
                  version: string;
                };
                window: {
                  /** Format: date-time */
                  from: string;
                  /** Format: date-time */
                  to: string;
                };
                records: {
                  total: number;
                  answered: number;
                  refused: number;
                  failed: number;
                  cancelled: number;
                  passedOver: number;
                };
                reference: {
                  digest: string;
                  inputs: number;
                };
                /** @enum {string} */
                verdict: 'stable' | 'drifted' | 'insufficient-data';
                summary: string;
                moreNeeded?: number;
                alpha: {
                  level: number;
                  budget: number;
                };
                features: {
                  feature: string;
                  /** @enum {string} */
                  group: 'image' | 'feature' | 'answer' | 'score' | 'embedding' | 'operation';
                  /** @enum {string} */
                  aspect: 'values' | 'missing';
                  /** @enum {string} */
                  verdict: 'stable' | 'drifted' | 'insufficient-data';
                  direction: string;
                  /** @enum {string} */
                  measure: 'wasserstein' | 'jensen-shannon' | 'share' | 'maximum-mean-discrepancy';
                  effect: number | null;
                  threshold: number;
                  pValue: number;
                  adjusted: number;
                  reference: number;
                  current: number;
                  detectable: number | null;
                  moreNeeded?: number;
                  follows?: string;
                  histogram?:
                    | {
                        /** @constant */
                        kind: 'numeric';
                        edges: number[];
                        reference: number[];
                        current: number[];
                      }
                    | {
                        /** @constant */
                        kind: 'categorical';
                        names: string[];
                        reference: number[];
                        current: number[];
                      };
                }[];
                performance: {
                  before?: {
                    share: number;
                    interval: [number, number];
                    records: number;
                  };
                  expected?: {
                    share: number;
                    interval: [number, number];
                    records: number;
                  };
                  realised?: {
                    share: number;
                    interval: [number, number];
                    records: number;
                  };
                  change?: {
                    change: number;
                    interval: [number, number];
                  };
                  calibrationError?: {
                    before?: number;
                    now: number;
                    interval: [number, number];
                  };
                  labelShift?: {
                    label: string;
                    before: number;
                    now: number;
                    interval: [number, number];
                  }[];
                  notes: string[];
                };
                slices: {
                  dimension: string;
                  value: string;
                  records: number;
                  /** @enum {string} */
                  verdict: 'stable' | 'drifted' | 'insufficient-data';
                  adjusted: number;
                  feature?: string;
                  direction?: string;
                  effect?: number | null;
                  apart?: {
                    feature: string;
                    direction: string;
                    effect: number;
                  };
                }[];
                evidence: {
                  id: string;
                  /** Format: date-time */
                  time: string;
                  typicality: number;
                  reasons: string[];
                  prediction?: string;
                  confidence?: number;
                  values: {
                    [key: string]: number | string | null;
                  };
                  image?: string;
                }[];
                timeline: {
                  /** Format: date-time */
                  from: string;
                  /** Format: date-time */
                  to: string;
                  records: number;
                  effects: {
                    [key: string]: number | null;
                  };
                  meanConfidence: number | null;
                  refused: number;
                  failed: number;
                }[];
                pipeline: {
                  fingerprints: {
                    part: string;
                    value: string;
                    records: number;
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                  }[];
                  changes: string[];
                };
                seasonal?: {
                  windows: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                  }[];
                  records: number;
                  /** @enum {string} */
                  verdict: 'stable' | 'drifted' | 'insufficient-data';
                  summary: string;
                  features: {
                    feature: string;
                    /** @enum {string} */
                    group: 'image' | 'feature' | 'answer' | 'score' | 'embedding' | 'operation';
                    /** @enum {string} */
                    aspect: 'values' | 'missing';
                    /** @enum {string} */
                    verdict: 'stable' | 'drifted' | 'insufficient-data';
                    direction: string;
                    /** @enum {string} */
                    measure: 'wasserstein' | 'jensen-shannon' | 'share' | 'maximum-mean-discrepancy';
                    effect: number | null;
                    threshold: number;
                    pValue: number;
                    adjusted: number;
                    reference: number;
                    current: number;
                    detectable: number | null;
                    moreNeeded?: number;
                    follows?: string;
                  }[];
                };
                cost: {
                  recordsRead: number;
                  hoursFromProfiles: number;
                  hoursCounted: number;
                  milliseconds: number;
                };
              }
            | {
                /** @description One for each model that could be judged */
                reports: {
                  id: string;
                  /** Format: date-time */
                  time: string;
                  model: {
                    name: string;
                    version: string;
                  };
                  window: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                  };
                  /** @enum {string} */
                  verdict: 'stable' | 'drifted' | 'insufficient-data';
                  summary: string;
                  records: number;
                  drifted: string[];
                }[];
                /** @description Why the others could not */
                problems: {
                  model: string;
                  code: string;
                  detail: string;
                }[];
              };
        };
      };
      /** @description It is new; `Location` says where it is */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json':
            | {
                /** @constant */
                schemaVersion: 1;
                id: string;
                /** Format: date-time */
                time: string;
                model: {
                  name: string;
                  version: string;
                };
                window: {
                  /** Format: date-time */
                  from: string;
                  /** Format: date-time */
                  to: string;
                };
                records: {
                  total: number;
                  answered: number;
                  refused: number;
                  failed: number;
                  cancelled: number;
                  passedOver: number;
                };
                reference: {
                  digest: string;
                  inputs: number;
                };
                /** @enum {string} */
                verdict: 'stable' | 'drifted' | 'insufficient-data';
                summary: string;
                moreNeeded?: number;
                alpha: {
                  level: number;
                  budget: number;
                };
                features: {
                  feature: string;
                  /** @enum {string} */
                  group: 'image' | 'feature' | 'answer' | 'score' | 'embedding' | 'operation';
                  /** @enum {string} */
                  aspect: 'values' | 'missing';
                  /** @enum {string} */
                  verdict: 'stable' | 'drifted' | 'insufficient-data';
                  direction: string;
                  /** @enum {string} */
                  measure: 'wasserstein' | 'jensen-shannon' | 'share' | 'maximum-mean-discrepancy';
                  effect: number | null;
                  threshold: number;
                  pValue: number;
                  adjusted: number;
                  reference: number;
                  current: number;
                  detectable: number | null;
                  moreNeeded?: number;
                  follows?: string;
                  histogram?:
                    | {
                        /** @constant */
                        kind: 'numeric';
                        edges: number[];
                        reference: number[];
                        current: number[];
                      }
                    | {
                        /** @constant */
                        kind: 'categorical';
                        names: string[];
                        reference: number[];
                        current: number[];
                      };
                }[];
                performance: {
                  before?: {
                    share: number;
                    interval: [number, number];
                    records: number;
                  };
                  expected?: {
                    share: number;
                    interval: [number, number];
                    records: number;
                  };
                  realised?: {
                    share: number;
                    interval: [number, number];
                    records: number;
                  };
                  change?: {
                    change: number;
                    interval: [number, number];
                  };
                  calibrationError?: {
                    before?: number;
                    now: number;
                    interval: [number, number];
                  };
                  labelShift?: {
                    label: string;
                    before: number;
                    now: number;
                    interval: [number, number];
                  }[];
                  notes: string[];
                };
                slices: {
                  dimension: string;
                  value: string;
                  records: number;
                  /** @enum {string} */
                  verdict: 'stable' | 'drifted' | 'insufficient-data';
                  adjusted: number;
                  feature?: string;
                  direction?: string;
                  effect?: number | null;
                  apart?: {
                    feature: string;
                    direction: string;
                    effect: number;
                  };
                }[];
                evidence: {
                  id: string;
                  /** Format: date-time */
                  time: string;
                  typicality: number;
                  reasons: string[];
                  prediction?: string;
                  confidence?: number;
                  values: {
                    [key: string]: number | string | null;
                  };
                  image?: string;
                }[];
                timeline: {
                  /** Format: date-time */
                  from: string;
                  /** Format: date-time */
                  to: string;
                  records: number;
                  effects: {
                    [key: string]: number | null;
                  };
                  meanConfidence: number | null;
                  refused: number;
                  failed: number;
                }[];
                pipeline: {
                  fingerprints: {
                    part: string;
                    value: string;
                    records: number;
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                  }[];
                  changes: string[];
                };
                seasonal?: {
                  windows: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                  }[];
                  records: number;
                  /** @enum {string} */
                  verdict: 'stable' | 'drifted' | 'insufficient-data';
                  summary: string;
                  features: {
                    feature: string;
                    /** @enum {string} */
                    group: 'image' | 'feature' | 'answer' | 'score' | 'embedding' | 'operation';
                    /** @enum {string} */
                    aspect: 'values' | 'missing';
                    /** @enum {string} */
                    verdict: 'stable' | 'drifted' | 'insufficient-data';
                    direction: string;
                    /** @enum {string} */
                    measure: 'wasserstein' | 'jensen-shannon' | 'share' | 'maximum-mean-discrepancy';
                    effect: number | null;
                    threshold: number;
                    pValue: number;
                    adjusted: number;
                    reference: number;
                    current: number;
                    detectable: number | null;
                    moreNeeded?: number;
                    follows?: string;
                  }[];
                };
                cost: {
                  recordsRead: number;
                  hoursFromProfiles: number;
                  hoursCounted: number;
                  milliseconds: number;
                };
              }
            | {
                /** @description One for each model that could be judged */
                reports: {
                  id: string;
                  /** Format: date-time */
                  time: string;
                  model: {
                    name: string;
                    version: string;
                  };
                  window: {
                    /** Format: date-time */
                    from: string;
                    /** Format: date-time */
                    to: string;
                  };
                  /** @enum {string} */
                  verdict: 'stable' | 'drifted' | 'insufficient-data';
                  summary: string;
                  records: number;
                  drifted: string[];
                }[];
                /** @description Why the others could not */
                problems: {
                  model: string;
                  code: string;
                  detail: string;
                }[];
              };
        };
      };
      /** @description `bad-request`: The request is not well formed. `malformed-json`: The body is not valid JSON. `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown-model`: No such model. `unknown-version`: No such version of the model */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `upload-too-large`: The upload is larger than allowed */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported-media-type`: The content type is not one that is understood here */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `no-reference-profile`: The model says nothing of the data that it knows. `invalid-window`: The window cannot be judged. `query-too-large`: The query needs more memory than allowed */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `overloaded`: The service is at its limit */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getLatestReport: {
    parameters: {
      query?: {
        /** @description Name of the model; any where left out */
        model?: string;
        /** @description Version of the model; any where left out */
        version?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The report; `Content-Location` says where it stays */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DriftReport'];
          'text/html': string;
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown-report`: No such drift report */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getReportPage: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description `id` of the report */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description `bad-request`: The request is not well formed. `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown-report`: No such drift report */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getReport: {
    parameters: {
      query?: {
        /** @description Adds `parity`: Evidently's score and verdict of each column by its own defaults, and why they differ */
        parity?: 'evidently';
      };
      header?: never;
      path: {
        /** @description `id` of the report */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The report */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DriftReport'];
          'text/html': string;
        };
      };
      /** @description `bad-request`: The request is not well formed. `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown-report`: No such drift report. `unknown-model`: No such model. `unknown-version`: No such version of the model */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `overloaded`: The service is at its limit */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  diffReports: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The report before */
        id: string;
        /** @description The report after; of the same model */
        other: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Side by side */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DriftReportDiff'];
          'text/html': string;
        };
      };
      /** @description `bad-request`: The request is not well formed. `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown-report`: No such drift report */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `incomparable-reports`: The reports cannot be compared */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listAlerts: {
    parameters: {
      query?: {
        /** @description Name of the model; all where left out */
        model?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description By model; those of which there is a report that was judged */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DriftAlertList'];
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-forbidden`: The store refuses access */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `storage-unavailable`: The store cannot be reached */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It does */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'live';
          };
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description They may */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @constant */
            status: 'ready';
          };
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-ready`: The service is not ready. `shutting-down`: The service is shutting down */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  metrics: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Prometheus' text format */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  openApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OpenAPI 3.1 */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  docs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  docsFile: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        file: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A style sheet, a script or an icon */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
