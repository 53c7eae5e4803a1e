// Made by npm run api-types from /openapi.json.
export interface paths {
  '/predict': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Classifies an image, a feature row, or a list of rows
     * @description Where the time went is in the `Server-Timing` header. The header `Prediction-Log` is there where the answer is not in the prediction log yet: `pending`, or `dropped` where it never will be.
     */
    post: operations['predict'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/predict/batch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Classifies several images or feature rows
     * @description At most 1000 inputs and 67108864 bytes. An input that cannot be answered gets its problem, the others their answers.
     */
    post: operations['predictBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/explain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Draws on an image which parts of it speak for a label
     * @description The upright image at its own size with the map on it. The header `Assay-Prediction` is JSON with the prediction's `id`, `prediction`, `probability` and `decision`, and the `method` and `label` of the map. Of two labels, orange speaks for the label and blue for the other.
     */
    post: operations['explain'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/feedback': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Says what the truth of a prediction turned out to be
     * @description Of several truths of one prediction the latest holds; all are kept. The prediction need not be known here: it is joined with its truth in the prediction log.
     */
    post: operations['giveFeedback'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The models that are served */
    get: operations['listModels'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a model is, how it was trained and how good it is */
    get: operations['getModel'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{name}/card': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The model's card */
    get: operations['getModelCard'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{name}/figures/{file}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A picture of the model's card */
    get: operations['getModelFigure'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/models/{name}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The versions of a model in the registry, and which of them is champion, challenger, served */
    get: operations['listModelVersions'];
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
    Prediction:
      | {
          /**
           * Format: uuid
           * @description UUIDv7 of this prediction
           */
          id: string;
          model: {
            name: string;
            version: string;
            /**
             * @description The file that answered
             * @enum {string}
             */
            variant: 'fp32' | 'int8';
          };
          /** @description The most probable label */
          prediction: string;
          /** @description Calibrated probability of the model's positive label where it names one, else of the prediction */
          probability: number;
          /** @description Calibrated, by label; they sum to 1 */
          probabilities: {
            [key: string]: number;
          };
          /** @description The k best labels, most probable first */
          top: {
            label: string;
            index: number;
            probability: number;
          }[];
          /** @description What to act on: the label, "uncertain" (too close to call) or "out-of-scope" (unlike the training data) */
          decision: string;
          /** @description The highest of the probabilities */
          confidence: number;
          /** @description How unlike the training data the input is, by the method of the model's scope gate, and the limit, where it has a gate */
          scope?: {
            distance: number;
            threshold: number;
            inside: boolean;
          };
          /** @description How many windows of the image the answer is averaged over */
          views: number;
          /** @description Why, where it was asked for */
          explanation?:
            | {
                /** @enum {string} */
                method: 'cam' | 'occlusion' | 'rise';
                /** @description What positive numbers speak for */
                label: string;
                /** @description What negative numbers speak for, where the model has two labels */
                against?: string;
                /** @description What one number of the grid says */
                meaning: string;
                /** @enum {string} */
                unit: 'logit' | 'probability';
                /** @description What is explained: the logit of the label, less that of the other of two labels; or the probability of the label */
                score: number;
                /** @description Rows from the top of the upright image, each from the left; together they cover it evenly */
                grid: number[][];
                /** @description `cam`: the part of the score that has no place; all numbers of the grid and it sum to the score */
                remainder?: number;
                /** @description PNG of the image's size as a data URL, to lay over the upright image; transparent where little speaks */
                overlay: string;
              }
            | {
                /** @constant */
                method: 'contributions';
                label: string;
                meaning: string;
                /** @description Probability of the label where every feature has its training mean */
                baseline: number;
                /** @description Probability of the label; the baseline and all contributions sum to it */
                score: number;
                /** @description The strongest first */
                contributions: {
                  feature: string;
                  value: number;
                  contribution: number;
                }[];
                /** @description Over all subsets of the features; else over sampled orders of them */
                exact: boolean;
              };
          /** @description What the file says of its own origin, where it was asked for; never part of the score */
          evidence?: {
            /** @description All findings in one sentence */
            summary: string;
            /** @description The weightiest first */
            findings: (
              | {
                  /** @constant */
                  kind: 'c2pa';
                  /**
                   * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                   * @enum {string}
                   */
                  grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                  /**
                   * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                   * @enum {string}
                   */
                  origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                  /** @description The finding in one sentence */
                  statement: string;
                  signer?: {
                    /** @description Common name of the certificate */
                    name?: string;
                    /** @description Organisation that the certificate names */
                    issuer?: string;
                    /** @description Such as `Es256` */
                    algorithm?: string;
                    /** @description When it was signed, where a time stamp says so */
                    time?: string;
                  };
                  title?: string;
                  /** @description Software that wrote the manifest */
                  generator?: string;
                  claims: {
                    /** @description Such as `c2pa.created` or `c2pa.edited` */
                    action: string;
                    /** @description The action in words */
                    statement: string;
                    software?: string;
                    /** @description ISO 8601; without a zone where the file names none */
                    time?: string;
                    digitalSourceType?: {
                      /** @description Last part of the term's address, such as `trainedAlgorithmicMedia` */
                      code: string;
                      /** @description In words */
                      name: string;
                    };
                  }[];
                  /** @description Files that it was made from */
                  ingredients: {
                    title?: string;
                    relationship: string;
                  }[];
                  /** @description What did not hold when signature and hashes were checked, by the codes of the C2PA specification */
                  faults: {
                    code: string;
                    explanation?: string;
                  }[];
                }
              | {
                  /** @constant */
                  kind: 'iptc';
                  /**
                   * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                   * @enum {string}
                   */
                  grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                  /**
                   * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                   * @enum {string}
                   */
                  origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                  /** @description The finding in one sentence */
                  statement: string;
                  digitalSourceType: {
                    /** @description Last part of the term's address, such as `trainedAlgorithmicMedia` */
                    code: string;
                    /** @description In words */
                    name: string;
                  };
                }
              | {
                  /** @constant */
                  kind: 'generator';
                  /**
                   * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                   * @enum {string}
                   */
                  grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                  /**
                   * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                   * @enum {string}
                   */
                  origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                  /** @description The finding in one sentence */
                  statement: string;
                  /** @description Such as `Stable Diffusion web UI` */
                  generator: string;
                  /** @description Where in the file it is written, such as `PNG text "parameters"` */
                  place: string;
                  model?: string;
                  prompt?: string;
                  negativePrompt?: string;
                  seed?: string;
                  /** @description Further settings, where they can be told apart */
                  settings: {
                    name: string;
                    value: string;
                  }[];
                }
              | {
                  /** @constant */
                  kind: 'exif';
                  /**
                   * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                   * @enum {string}
                   */
                  grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                  /**
                   * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                   * @enum {string}
                   */
                  origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                  /** @description The finding in one sentence */
                  statement: string;
                  make?: string;
                  model?: string;
                  lens?: string;
                  /** @description When it was taken */
                  time?: string;
                  /** @description Such as `1/250 s, f/2.8, ISO 100, 50 mm` */
                  exposure?: string;
                  /** @description Whether it names a place; which one is not repeated */
                  hasLocation: boolean;
                }
              | {
                  /** @constant */
                  kind: 'software';
                  /**
                   * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                   * @enum {string}
                   */
                  grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                  /**
                   * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                   * @enum {string}
                   */
                  origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                  /** @description The finding in one sentence */
                  statement: string;
                  software: string;
                  /** @description Where in the file it is written, such as `XMP CreatorTool` */
                  place: string;
                  /** @description When the file was last changed, where it says so */
                  time?: string;
                }
            )[];
            /** @description Parts of the file that could not be read, and why */
            unread: {
              part: string;
              reason: string;
            }[];
          };
          /** @description The answer under changes that images meet on their way, where it was asked for */
          stability?: {
            /** @description In one sentence */
            summary: string;
            /** @description The label whose probability is followed: the model's positive label, or else the prediction */
            of: string;
            /** @description Its probability for the image as it is */
            probability: number;
            /** @description Whether label and decision stayed the same under every change */
            stable: boolean;
            /** @description Of all probabilities, that of the image as it is included */
            lowest: number;
            highest: number;
            /** @description Each kind of change from mild to strong */
            rows: {
              corruption:
                | {
                    /** @constant */
                    type: 'jpeg';
                    quality: number;
                  }
                | {
                    /** @constant */
                    type: 'blur';
                    sigma: number;
                  }
                | {
                    /** @constant */
                    type: 'noise';
                    sigma: number;
                  }
                | {
                    /** @constant */
                    type: 'resize';
                    scale: number;
                  }
                | {
                    /** @constant */
                    type: 'brightness';
                    factor: number;
                  }
                | {
                    /** @constant */
                    type: 'contrast';
                    factor: number;
                  };
              /** @description The change in words, such as `JPEG quality 70` */
              name: string;
              /** @description The most probable label of the changed image */
              prediction: string;
              /** @description Calibrated probability of the label of `of` */
              probability: number;
              /** @description As in the answer */
              decision: string;
              /** @description Whether label or decision differ from those of the image as it is */
              flips: boolean;
            }[];
          };
        }
      | {
          /** @description One for each input, in their order: an answer, or the problem of this input */
          results: (
            | {
                /**
                 * Format: uuid
                 * @description UUIDv7 of this prediction
                 */
                id: string;
                model: {
                  name: string;
                  version: string;
                  /**
                   * @description The file that answered
                   * @enum {string}
                   */
                  variant: 'fp32' | 'int8';
                };
                /** @description The most probable label */
                prediction: string;
                /** @description Calibrated probability of the model's positive label where it names one, else of the prediction */
                probability: number;
                /** @description Calibrated, by label; they sum to 1 */
                probabilities: {
                  [key: string]: number;
                };
                /** @description The k best labels, most probable first */
                top: {
                  label: string;
                  index: number;
                  probability: number;
                }[];
                /** @description What to act on: the label, "uncertain" (too close to call) or "out-of-scope" (unlike the training data) */
                decision: string;
                /** @description The highest of the probabilities */
                confidence: number;
                /** @description How unlike the training data the input is, by the method of the model's scope gate, and the limit, where it has a gate */
                scope?: {
                  distance: number;
                  threshold: number;
                  inside: boolean;
                };
                /** @description How many windows of the image the answer is averaged over */
                views: number;
                /** @description Why, where it was asked for */
                explanation?:
                  | {
                      /** @enum {string} */
                      method: 'cam' | 'occlusion' | 'rise';
                      /** @description What positive numbers speak for */
                      label: string;
                      /** @description What negative numbers speak for, where the model has two labels */
                      against?: string;
                      /** @description What one number of the grid says */
                      meaning: string;
                      /** @enum {string} */
                      unit: 'logit' | 'probability';
                      /** @description What is explained: the logit of the label, less that of the other of two labels; or the probability of the label */
                      score: number;
                      /** @description Rows from the top of the upright image, each from the left; together they cover it evenly */
                      grid: number[][];
                      /** @description `cam`: the part of the score that has no place; all numbers of the grid and it sum to the score */
                      remainder?: number;
                      /** @description PNG of the image's size as a data URL, to lay over the upright image; transparent where little speaks */
                      overlay: string;
                    }
                  | {
                      /** @constant */
                      method: 'contributions';
                      label: string;
                      meaning: string;
                      /** @description Probability of the label where every feature has its training mean */
                      baseline: number;
                      /** @description Probability of the label; the baseline and all contributions sum to it */
                      score: number;
                      /** @description The strongest first */
                      contributions: {
                        feature: string;
                        value: number;
                        contribution: number;
                      }[];
                      /** @description Over all subsets of the features; else over sampled orders of them */
                      exact: boolean;
                    };
                /** @description What the file says of its own origin, where it was asked for; never part of the score */
                evidence?: {
                  /** @description All findings in one sentence */
                  summary: string;
                  /** @description The weightiest first */
                  findings: (
                    | {
                        /** @constant */
                        kind: 'c2pa';
                        /**
                         * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                         * @enum {string}
                         */
                        grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                        /**
                         * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                         * @enum {string}
                         */
                        origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                        /** @description The finding in one sentence */
                        statement: string;
                        signer?: {
                          /** @description Common name of the certificate */
                          name?: string;
                          /** @description Organisation that the certificate names */
                          issuer?: string;
                          /** @description Such as `Es256` */
                          algorithm?: string;
                          /** @description When it was signed, where a time stamp says so */
                          time?: string;
                        };
                        title?: string;
                        /** @description Software that wrote the manifest */
                        generator?: string;
                        claims: {
                          /** @description Such as `c2pa.created` or `c2pa.edited` */
                          action: string;
                          /** @description The action in words */
                          statement: string;
                          software?: string;
                          /** @description ISO 8601; without a zone where the file names none */
                          time?: string;
                          digitalSourceType?: {
                            /** @description Last part of the term's address, such as `trainedAlgorithmicMedia` */
                            code: string;
                            /** @description In words */
                            name: string;
                          };
                        }[];
                        /** @description Files that it was made from */
                        ingredients: {
                          title?: string;
                          relationship: string;
                        }[];
                        /** @description What did not hold when signature and hashes were checked, by the codes of the C2PA specification */
                        faults: {
                          code: string;
                          explanation?: string;
                        }[];
                      }
                    | {
                        /** @constant */
                        kind: 'iptc';
                        /**
                         * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                         * @enum {string}
                         */
                        grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                        /**
                         * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                         * @enum {string}
                         */
                        origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                        /** @description The finding in one sentence */
                        statement: string;
                        digitalSourceType: {
                          /** @description Last part of the term's address, such as `trainedAlgorithmicMedia` */
                          code: string;
                          /** @description In words */
                          name: string;
                        };
                      }
                    | {
                        /** @constant */
                        kind: 'generator';
                        /**
                         * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                         * @enum {string}
                         */
                        grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                        /**
                         * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                         * @enum {string}
                         */
                        origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                        /** @description The finding in one sentence */
                        statement: string;
                        /** @description Such as `Stable Diffusion web UI` */
                        generator: string;
                        /** @description Where in the file it is written, such as `PNG text "parameters"` */
                        place: string;
                        model?: string;
                        prompt?: string;
                        negativePrompt?: string;
                        seed?: string;
                        /** @description Further settings, where they can be told apart */
                        settings: {
                          name: string;
                          value: string;
                        }[];
                      }
                    | {
                        /** @constant */
                        kind: 'exif';
                        /**
                         * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                         * @enum {string}
                         */
                        grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                        /**
                         * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                         * @enum {string}
                         */
                        origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                        /** @description The finding in one sentence */
                        statement: string;
                        make?: string;
                        model?: string;
                        lens?: string;
                        /** @description When it was taken */
                        time?: string;
                        /** @description Such as `1/250 s, f/2.8, ISO 100, 50 mm` */
                        exposure?: string;
                        /** @description Whether it names a place; which one is not repeated */
                        hasLocation: boolean;
                      }
                    | {
                        /** @constant */
                        kind: 'software';
                        /**
                         * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                         * @enum {string}
                         */
                        grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                        /**
                         * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                         * @enum {string}
                         */
                        origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                        /** @description The finding in one sentence */
                        statement: string;
                        software: string;
                        /** @description Where in the file it is written, such as `XMP CreatorTool` */
                        place: string;
                        /** @description When the file was last changed, where it says so */
                        time?: string;
                      }
                  )[];
                  /** @description Parts of the file that could not be read, and why */
                  unread: {
                    part: string;
                    reason: string;
                  }[];
                };
                /** @description The answer under changes that images meet on their way, where it was asked for */
                stability?: {
                  /** @description In one sentence */
                  summary: string;
                  /** @description The label whose probability is followed: the model's positive label, or else the prediction */
                  of: string;
                  /** @description Its probability for the image as it is */
                  probability: number;
                  /** @description Whether label and decision stayed the same under every change */
                  stable: boolean;
                  /** @description Of all probabilities, that of the image as it is included */
                  lowest: number;
                  highest: number;
                  /** @description Each kind of change from mild to strong */
                  rows: {
                    corruption:
                      | {
                          /** @constant */
                          type: 'jpeg';
                          quality: number;
                        }
                      | {
                          /** @constant */
                          type: 'blur';
                          sigma: number;
                        }
                      | {
                          /** @constant */
                          type: 'noise';
                          sigma: number;
                        }
                      | {
                          /** @constant */
                          type: 'resize';
                          scale: number;
                        }
                      | {
                          /** @constant */
                          type: 'brightness';
                          factor: number;
                        }
                      | {
                          /** @constant */
                          type: 'contrast';
                          factor: number;
                        };
                    /** @description The change in words, such as `JPEG quality 70` */
                    name: string;
                    /** @description The most probable label of the changed image */
                    prediction: string;
                    /** @description Calibrated probability of the label of `of` */
                    probability: number;
                    /** @description As in the answer */
                    decision: string;
                    /** @description Whether label or decision differ from those of the image as it is */
                    flips: boolean;
                  }[];
                };
                /** @description Position of the input in the request, from 0 */
                index: number;
                /** @description Name of the file, where one came with it */
                file?: string;
              }
            | {
                /** @description Position of the input in the request, from 0 */
                index: number;
                /** @description Name of the file, where one came with it */
                file?: string;
                problem: {
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
              }
          )[];
          /** @description How many inputs were answered */
          answered: number;
          /** @description How many were not */
          refused: number;
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
    Features:
      | {
          features: {
            [key: string]: number;
          };
        }
      | {
          [key: string]: number;
        }
      | (
          | {
              features: {
                [key: string]: number;
              };
            }
          | {
              [key: string]: number;
            }
        )[]
      | {
          rows: (
            | {
                features: {
                  [key: string]: number;
                };
              }
            | {
                [key: string]: number;
              }
          )[];
        };
    PredictionList: {
      /** @description One for each input, in their order: an answer, or the problem of this input */
      results: (
        | {
            /**
             * Format: uuid
             * @description UUIDv7 of this prediction
             */
            id: string;
            model: {
              name: string;
              version: string;
              /**
               * @description The file that answered
               * @enum {string}
               */
              variant: 'fp32' | 'int8';
            };
            /** @description The most probable label */
            prediction: string;
            /** @description Calibrated probability of the model's positive label where it names one, else of the prediction */
            probability: number;
            /** @description Calibrated, by label; they sum to 1 */
            probabilities: {
              [key: string]: number;
            };
            /** @description The k best labels, most probable first */
            top: {
              label: string;
              index: number;
              probability: number;
            }[];
            /** @description What to act on: the label, "uncertain" (too close to call) or "out-of-scope" (unlike the training data) */
            decision: string;
            /** @description The highest of the probabilities */
            confidence: number;
            /** @description How unlike the training data the input is, by the method of the model's scope gate, and the limit, where it has a gate */
            scope?: {
              distance: number;
              threshold: number;
              inside: boolean;
            };
            /** @description How many windows of the image the answer is averaged over */
            views: number;
            /** @description Why, where it was asked for */
            explanation?:
              | {
                  /** @enum {string} */
                  method: 'cam' | 'occlusion' | 'rise';
                  /** @description What positive numbers speak for */
                  label: string;
                  /** @description What negative numbers speak for, where the model has two labels */
                  against?: string;
                  /** @description What one number of the grid says */
                  meaning: string;
                  /** @enum {string} */
                  unit: 'logit' | 'probability';
                  /** @description What is explained: the logit of the label, less that of the other of two labels; or the probability of the label */
                  score: number;
                  /** @description Rows from the top of the upright image, each from the left; together they cover it evenly */
                  grid: number[][];
                  /** @description `cam`: the part of the score that has no place; all numbers of the grid and it sum to the score */
                  remainder?: number;
                  /** @description PNG of the image's size as a data URL, to lay over the upright image; transparent where little speaks */
                  overlay: string;
                }
              | {
                  /** @constant */
                  method: 'contributions';
                  label: string;
                  meaning: string;
                  /** @description Probability of the label where every feature has its training mean */
                  baseline: number;
                  /** @description Probability of the label; the baseline and all contributions sum to it */
                  score: number;
                  /** @description The strongest first */
                  contributions: {
                    feature: string;
                    value: number;
                    contribution: number;
                  }[];
                  /** @description Over all subsets of the features; else over sampled orders of them */
                  exact: boolean;
                };
            /** @description What the file says of its own origin, where it was asked for; never part of the score */
            evidence?: {
              /** @description All findings in one sentence */
              summary: string;
              /** @description The weightiest first */
              findings: (
                | {
                    /** @constant */
                    kind: 'c2pa';
                    /**
                     * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                     * @enum {string}
                     */
                    grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                    /**
                     * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                     * @enum {string}
                     */
                    origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                    /** @description The finding in one sentence */
                    statement: string;
                    signer?: {
                      /** @description Common name of the certificate */
                      name?: string;
                      /** @description Organisation that the certificate names */
                      issuer?: string;
                      /** @description Such as `Es256` */
                      algorithm?: string;
                      /** @description When it was signed, where a time stamp says so */
                      time?: string;
                    };
                    title?: string;
                    /** @description Software that wrote the manifest */
                    generator?: string;
                    claims: {
                      /** @description Such as `c2pa.created` or `c2pa.edited` */
                      action: string;
                      /** @description The action in words */
                      statement: string;
                      software?: string;
                      /** @description ISO 8601; without a zone where the file names none */
                      time?: string;
                      digitalSourceType?: {
                        /** @description Last part of the term's address, such as `trainedAlgorithmicMedia` */
                        code: string;
                        /** @description In words */
                        name: string;
                      };
                    }[];
                    /** @description Files that it was made from */
                    ingredients: {
                      title?: string;
                      relationship: string;
                    }[];
                    /** @description What did not hold when signature and hashes were checked, by the codes of the C2PA specification */
                    faults: {
                      code: string;
                      explanation?: string;
                    }[];
                  }
                | {
                    /** @constant */
                    kind: 'iptc';
                    /**
                     * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                     * @enum {string}
                     */
                    grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                    /**
                     * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                     * @enum {string}
                     */
                    origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                    /** @description The finding in one sentence */
                    statement: string;
                    digitalSourceType: {
                      /** @description Last part of the term's address, such as `trainedAlgorithmicMedia` */
                      code: string;
                      /** @description In words */
                      name: string;
                    };
                  }
                | {
                    /** @constant */
                    kind: 'generator';
                    /**
                     * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                     * @enum {string}
                     */
                    grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                    /**
                     * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                     * @enum {string}
                     */
                    origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                    /** @description The finding in one sentence */
                    statement: string;
                    /** @description Such as `Stable Diffusion web UI` */
                    generator: string;
                    /** @description Where in the file it is written, such as `PNG text "parameters"` */
                    place: string;
                    model?: string;
                    prompt?: string;
                    negativePrompt?: string;
                    seed?: string;
                    /** @description Further settings, where they can be told apart */
                    settings: {
                      name: string;
                      value: string;
                    }[];
                  }
                | {
                    /** @constant */
                    kind: 'exif';
                    /**
                     * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                     * @enum {string}
                     */
                    grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                    /**
                     * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                     * @enum {string}
                     */
                    origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                    /** @description The finding in one sentence */
                    statement: string;
                    make?: string;
                    model?: string;
                    lens?: string;
                    /** @description When it was taken */
                    time?: string;
                    /** @description Such as `1/250 s, f/2.8, ISO 100, 50 mm` */
                    exposure?: string;
                    /** @description Whether it names a place; which one is not repeated */
                    hasLocation: boolean;
                  }
                | {
                    /** @constant */
                    kind: 'software';
                    /**
                     * @description `declared`: text that anybody can write, remove or forge. `intact`: signed, and file and signature still agree; who signed is not vouched for. `trusted`: intact, and the signer is vouched for by an anchor that this service was given. `tampered`: signed, and changed afterwards
                     * @enum {string}
                     */
                    grade: 'declared' | 'intact' | 'trusted' | 'tampered';
                    /**
                     * @description How the finding says that the image came to be: by a generator, partly by one, worked on by hand, taken by a camera; `unknown` where it says none of these
                     * @enum {string}
                     */
                    origin: 'ai-generated' | 'ai-edited' | 'edited' | 'captured' | 'unknown';
                    /** @description The finding in one sentence */
                    statement: string;
                    software: string;
                    /** @description Where in the file it is written, such as `XMP CreatorTool` */
                    place: string;
                    /** @description When the file was last changed, where it says so */
                    time?: string;
                  }
              )[];
              /** @description Parts of the file that could not be read, and why */
              unread: {
                part: string;
                reason: string;
              }[];
            };
            /** @description The answer under changes that images meet on their way, where it was asked for */
            stability?: {
              /** @description In one sentence */
              summary: string;
              /** @description The label whose probability is followed: the model's positive label, or else the prediction */
              of: string;
              /** @description Its probability for the image as it is */
              probability: number;
              /** @description Whether label and decision stayed the same under every change */
              stable: boolean;
              /** @description Of all probabilities, that of the image as it is included */
              lowest: number;
              highest: number;
              /** @description Each kind of change from mild to strong */
              rows: {
                corruption:
                  | {
                      /** @constant */
                      type: 'jpeg';
                      quality: number;
                    }
                  | {
                      /** @constant */
                      type: 'blur';
                      sigma: number;
                    }
                  | {
                      /** @constant */
                      type: 'noise';
                      sigma: number;
                    }
                  | {
                      /** @constant */
                      type: 'resize';
                      scale: number;
                    }
                  | {
                      /** @constant */
                      type: 'brightness';
                      factor: number;
                    }
                  | {
                      /** @constant */
                      type: 'contrast';
                      factor: number;
                    };
                /** @description The change in words, such as `JPEG quality 70` */
                name: string;
                /** @description The most probable label of the changed image */
                prediction: string;
                /** @description Calibrated probability of the label of `of` */
                probability: number;
                /** @description As in the answer */
                decision: string;
                /** @description Whether label or decision differ from those of the image as it is */
                flips: boolean;
              }[];
            };
            /** @description Position of the input in the request, from 0 */
            index: number;
            /** @description Name of the file, where one came with it */
            file?: string;
          }
        | {
            /** @description Position of the input in the request, from 0 */
            index: number;
            /** @description Name of the file, where one came with it */
            file?: string;
            problem: {
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
          }
      )[];
      /** @description How many inputs were answered */
      answered: number;
      /** @description How many were not */
      refused: number;
    };
    FeedbackReceipt: {
      /**
       * Format: uuid
       * @description Of this piece of feedback
       */
      id: string;
      /**
       * Format: date-time
       * @description When it was said; the latest holds
       */
      time: string;
      /** Format: uuid */
      predictionId: string;
      label: string;
      model: string;
    };
    Feedback: {
      /**
       * Format: uuid
       * @description The `id` of the answer that the truth is known of
       */
      predictionId: string;
      /** @description The truth: one of the model's labels */
      label: string;
      /** @description The model that answered; the default model of the service where absent */
      model?: string;
    };
    ModelList: {
      models: {
        name: string;
        version: string;
        /**
         * @description The file that answers requests
         * @enum {string}
         */
        variant: 'fp32' | 'int8';
        description: string;
        /** @constant */
        task: 'classification';
        labels: string[];
        /** @description The label that `probability` speaks of, where there is one */
        positiveLabel?: string;
        /**
         * @description What the model takes
         * @enum {string}
         */
        input: 'image' | 'tabular';
        /** @description Whether this model answers requests that name none */
        default: boolean;
        /** @description The champion, where it failed its checks and an earlier version goes on answering */
        refused?: {
          version?: string;
          reason: string;
        };
      }[];
    };
    ModelDetails: {
      name: string;
      version: string;
      /**
       * @description The file that answers requests
       * @enum {string}
       */
      variant: 'fp32' | 'int8';
      description: string;
      /** @constant */
      task: 'classification';
      labels: string[];
      /** @description The label that `probability` speaks of, where there is one */
      positiveLabel?: string;
      /**
       * @description What the model takes
       * @enum {string}
       */
      input: 'image' | 'tabular';
      /** @description Whether this model answers requests that name none */
      default: boolean;
      /** @description The champion, where it failed its checks and an earlier version goes on answering */
      refused?: {
        version?: string;
        reason: string;
      };
      preprocessing:
        | {
            /** @constant */
            kind: 'image';
            /** @default true */
            autoOrient: boolean;
            /** @default false */
            icc: boolean;
            /**
             * @default [
             *       255,
             *       255,
             *       255
             *     ]
             */
            background: [number, number, number];
            /**
             * @default rgb
             * @enum {string}
             */
            colour: 'rgb' | 'grey';
            resize:
              | {
                  /** @constant */
                  mode: 'none';
                }
              | {
                  /** @constant */
                  mode: 'stretch';
                  width: number;
                  height: number;
                  /**
                   * @default bilinear
                   * @enum {string}
                   */
                  filter: 'nearest' | 'box' | 'bilinear' | 'bicubic' | 'lanczos';
                  /**
                   * @default pillow
                   * @enum {string}
                   */
                  engine: 'libvips' | 'pillow';
                }
              | {
                  /** @constant */
                  mode: 'shortest-side';
                  size: number;
                  /**
                   * @default bilinear
                   * @enum {string}
                   */
                  filter: 'nearest' | 'box' | 'bilinear' | 'bicubic' | 'lanczos';
                  /**
                   * @default pillow
                   * @enum {string}
                   */
                  engine: 'libvips' | 'pillow';
                }
              | {
                  /** @constant */
                  mode: 'pad-square';
                  size: number;
                  /**
                   * @default [
                   *       255,
                   *       255,
                   *       255
                   *     ]
                   */
                  background: [number, number, number];
                  /**
                   * @default bilinear
                   * @enum {string}
                   */
                  filter: 'nearest' | 'box' | 'bilinear' | 'bicubic' | 'lanczos';
                  /**
                   * @default pillow
                   * @enum {string}
                   */
                  engine: 'libvips' | 'pillow';
                };
            crop:
              | {
                  /** @constant */
                  mode: 'none';
                }
              | {
                  /** @constant */
                  mode: 'centre';
                  width: number;
                  height: number;
                }
              | {
                  /** @constant */
                  mode: 'several';
                  width: number;
                  height: number;
                  /** @default 5 */
                  count: number;
                };
            /** @default false */
            mirror: boolean;
            normalise: {
              mean: number[];
              std: number[];
            };
          }
        | {
            /** @constant */
            kind: 'tabular';
            features: {
              name: string;
              mean: number;
              std: number;
              min?: number;
              max?: number;
            }[];
          };
      calibration: {
        temperature: number;
        bias: number[];
      };
      decision: {
        minimumConfidence: number;
      };
      scopeGate?:
        | {
            /** @constant */
            method: 'mahalanobis';
            file: string;
            threshold: number;
            coverage: number;
          }
        | {
            /** @constant */
            method: 'transformations';
            output: string;
            threshold: number;
            coverage: number;
          };
      variants: {
        fp32: {
          file: string;
          accuracy?: number;
          auroc?: number;
          accuracyInterval?: [number, number];
          aurocInterval?: [number, number];
          latencyMs?: number;
        };
        int8?: {
          file: string;
          accuracy?: number;
          auroc?: number;
          accuracyInterval?: [number, number];
          aurocInterval?: [number, number];
          latencyMs?: number;
        };
      };
      /** @description What the package holds, with sizes and digests */
      files: {
        path: string;
        bytes: number;
        sha256: string;
      }[];
      metrics: {
        [key: string]: number;
      };
      evaluation?: {
        rows: number;
        metrics: {
          [key: string]: {
            value: number;
            interval?: [number, number];
          };
        };
        classes: {
          label: string;
          support: number;
          precision: {
            value: number;
            interval?: [number, number];
          };
          recall: {
            value: number;
            interval?: [number, number];
          };
          f1: {
            value: number;
            interval?: [number, number];
          };
        }[];
        confusion: number[][];
        reliability: {
          from: number;
          to: number;
          count: number;
          confidence: number;
          accuracy: number;
        }[];
        riskCoverage: {
          threshold: number;
          coverage: number;
          risk: number;
        }[];
        decisions: {
          answered: number;
          insideScope: number;
          accuracy: number;
        };
        robustness?: {
          images: number;
          clean: {
            accuracy: {
              value: number;
              interval?: [number, number];
            };
            auroc?: {
              value: number;
              interval?: [number, number];
            };
          };
          rows: {
            corruption:
              | {
                  /** @constant */
                  type: 'jpeg';
                  quality: number;
                }
              | {
                  /** @constant */
                  type: 'blur';
                  sigma: number;
                }
              | {
                  /** @constant */
                  type: 'noise';
                  sigma: number;
                }
              | {
                  /** @constant */
                  type: 'resize';
                  scale: number;
                }
              | {
                  /** @constant */
                  type: 'brightness';
                  factor: number;
                }
              | {
                  /** @constant */
                  type: 'contrast';
                  factor: number;
                };
            accuracy: {
              value: number;
              interval?: [number, number];
            };
            auroc?: {
              value: number;
              interval?: [number, number];
            };
            accuracyChange: {
              value: number;
              interval?: [number, number];
            };
            aurocChange?: {
              value: number;
              interval?: [number, number];
            };
          }[];
        };
        /** @default [] */
        slices: {
          property: string;
          bucket: string;
          rows: number;
          accuracy: {
            value: number;
            interval?: [number, number];
          };
          elsewhere: number;
          p: number;
          q: number;
        }[];
      };
      /** @description How its answers are explained by default, and how faithful that is */
      explanation: {
        /** @enum {string} */
        method: 'cam' | 'occlusion' | 'contributions' | 'none';
        figures?: {
          images: number;
          deletion: {
            map: {
              value: number;
              interval?: [number, number];
            };
            random: {
              value: number;
              interval?: [number, number];
            };
          };
          insertion: {
            map: {
              value: number;
              interval?: [number, number];
            };
            random: {
              value: number;
              interval?: [number, number];
            };
          };
          patch?: {
            inside: {
              value: number;
              interval?: [number, number];
            };
            area: number;
          };
        };
        importance?: {
          feature: string;
          accuracyLost: {
            value: number;
            interval?: [number, number];
          };
        }[];
      };
      /** @description How it was trained, where it was trained here */
      training?: {
        dataset: {
          name: string;
          digest: string;
          counts: {
            [key: string]: {
              [key: string]: number;
            };
          };
        };
        /** Format: date-time */
        startedAt: string;
        durationSeconds: number;
        seed: number;
        gitCommit?: string;
      };
      /** @description Where it comes from, where it was brought as an ONNX file */
      imported?: {
        /** Format: date-time */
        importedAt: string;
        source: {
          file: string;
          sha256: string;
          bytes: number;
          producer?: string;
          producerVersion?: string;
          opset?: number;
        };
        changes: string[];
        agreement?: {
          whole: number;
          tensors: number;
          largest: number;
          tolerance: number;
        };
        samples?: {
          name: string;
          digest: string;
          counts: {
            [key: string]: {
              [key: string]: number;
            };
          };
        };
      };
    };
    ModelVersions: {
      /** @description The oldest first */
      versions: {
        version: string;
        /** @description What stands for it */
        aliases: ('champion' | 'challenger')[];
        /** @description Whether it answers requests */
        served: boolean;
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
  predict: {
    parameters: {
      query?: {
        /** @description Name of the model; the service's default where absent */
        model?: string;
        /** @description Version of the model; the one that is served where absent */
        version?: string;
        /** @description Who asks, for the prediction log; the header `Assay-Client` says the same */
        client?: string;
        /** @description How many of the best labels to list */
        top?: number;
        /** @description Whether to say what the file says of its own origin: C2PA manifest, IPTC digital source type, marks of generators, camera, software. Never part of the score */
        evidence?: 'true' | 'false';
        /** @description Whether to ask the model again, twelve times: about the image compressed, shrunk, blurred and with noise */
        stability?: 'true' | 'false';
        /** @description Explains the answer. Images: `cam` (exact, no further run of the model; where its head is linear), `occlusion` (up to 49 runs of each view), `rise` (200). Features: `contributions` */
        explain?: 'cam' | 'occlusion' | 'rise' | 'contributions';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': {
          /** Format: binary */
          image?: string;
        };
        'image/*': string;
        'application/octet-stream': string;
        'application/json': components['schemas']['Features'];
      };
    };
    responses: {
      /** @description The answer; to a list of rows, a list of answers */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Prediction'];
        };
      };
      /** @description `bad-request`: The request is not well formed. `no-file`: No image came with the request. `too-many-files`: More than one image came with the request. `malformed-json`: The body is not valid JSON. `malformed-multipart`: The multipart body is not well formed. `request-aborted`: The request ended before its body was complete. `invalid-query`: A query parameter is not valid */
      400: {
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
      /** @description `upload-too-large`: The upload is larger than allowed. `batch-too-large`: The batch holds more inputs than allowed */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported-media-type`: The content type is not one that is understood here. `unsupported-image-format`: The image format is not one that can be read */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unreadable-image`: The image cannot be decoded. `too-many-pixels`: The image has more pixels than allowed. `invalid-features`: The features are not those that the model expects. `wrong-input-kind`: The model takes another kind of input */
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
      /** @description `not-ready`: The service is not ready */
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
  predictBatch: {
    parameters: {
      query?: {
        /** @description Name of the model; the service's default where absent */
        model?: string;
        /** @description Version of the model; the one that is served where absent */
        version?: string;
        /** @description Who asks, for the prediction log; the header `Assay-Client` says the same */
        client?: string;
        /** @description How many of the best labels to list */
        top?: number;
        /** @description Whether to say what the file says of its own origin: C2PA manifest, IPTC digital source type, marks of generators, camera, software. Never part of the score */
        evidence?: 'true' | 'false';
        /** @description Whether to ask the model again, twelve times: about the image compressed, shrunk, blurred and with noise */
        stability?: 'true' | 'false';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': {
          images?: string[];
        };
        'application/json': components['schemas']['Features'];
      };
    };
    responses: {
      /** @description One result for each input, in their order */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PredictionList'];
        };
      };
      /** @description `bad-request`: The request is not well formed. `no-file`: No image came with the request. `too-many-files`: More than one image came with the request. `malformed-json`: The body is not valid JSON. `malformed-multipart`: The multipart body is not well formed. `request-aborted`: The request ended before its body was complete. `invalid-query`: A query parameter is not valid */
      400: {
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
      /** @description `upload-too-large`: The upload is larger than allowed. `batch-too-large`: The batch holds more inputs than allowed */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unsupported-media-type`: The content type is not one that is understood here. `unsupported-image-format`: The image format is not one that can be read */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unreadable-image`: The image cannot be decoded. `too-many-pixels`: The image has more pixels than allowed. `invalid-features`: The features are not those that the model expects. `wrong-input-kind`: The model takes another kind of input */
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
      /** @description `not-ready`: The service is not ready */
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
  explain: {
    parameters: {
      query?: {
        /** @description Name of the model; the service's default where absent */
        model?: string;
        /** @description Version of the model; the one that is served where absent */
        version?: string;
        /** @description Who asks, for the prediction log; the header `Assay-Client` says the same */
        client?: string;
        /** @description How; the best that the model offers where absent. `cam` is exact and costs no further run */
        method?: 'cam' | 'occlusion' | 'rise';
        /** @description What is explained; the prediction where absent */
        label?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': {
          /** Format: binary */
          image?: string;
        };
        'image/*': string;
        'application/octet-stream': string;
      };
    };
    responses: {
      /** @description The picture */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/png': string;
        };
      };
      /** @description `bad-request`: The request is not well formed. `no-file`: No image came with the request. `too-many-files`: More than one image came with the request. `malformed-json`: The body is not valid JSON. `malformed-multipart`: The multipart body is not well formed. `request-aborted`: The request ended before its body was complete. `invalid-query`: A query parameter is not valid */
      400: {
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
      /** @description `unsupported-media-type`: The content type is not one that is understood here. `unsupported-image-format`: The image format is not one that can be read */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unreadable-image`: The image cannot be decoded. `too-many-pixels`: The image has more pixels than allowed. `invalid-features`: The features are not those that the model expects. `wrong-input-kind`: The model takes another kind of input */
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
      /** @description `not-ready`: The service is not ready */
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
  giveFeedback: {
    parameters: {
      query?: {
        /** @description Who says it; the header `Assay-Client` says the same */
        client?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['Feedback'];
      };
    };
    responses: {
      /** @description It is remembered; the header `Prediction-Log: pending` says that it is not on the bus yet */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['FeedbackReceipt'];
        };
      };
      /** @description `bad-request`: The request is not well formed. `malformed-json`: The body is not valid JSON. `request-aborted`: The request ended before its body was complete. `invalid-query`: A query parameter is not valid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unknown-model`: No such model */
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
      /** @description `unknown-label`: The model has no such label */
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
      /** @description `not-ready`: The service is not ready. `storage-unavailable`: The store cannot be reached */
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
  listModels: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description By name */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ModelList'];
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
  getModel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the model */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description From the manifest */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ModelDetails'];
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
      /** @description `unknown-model`: No such model */
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
      /** @description `not-ready`: The service is not ready */
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
  getModelCard: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the model */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Markdown */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/markdown': string;
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
      /** @description `unknown-model`: No such model */
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
      /** @description `not-ready`: The service is not ready */
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
  getModelFigure: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the model */
        name: string;
        /** @description As in the card, for example `reliability.svg` */
        file: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A picture */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/svg+xml': string;
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
      /** @description `unknown-model`: No such model. `not-found`: There is nothing at this address */
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
      /** @description `not-ready`: The service is not ready */
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
  listModelVersions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Name of the model */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The oldest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ModelVersions'];
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
      /** @description `unknown-model`: No such model */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `invalid-package`: The model package is not intact. `internal`: The service failed */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-ready`: The service is not ready */
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
