// Made from docs/openapi.json by eng/types.mjs (npm run types); not edited by hand.

export interface paths {
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Get a token for a name and password */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End this token, or all */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who you are, and what you may spend */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose another password */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/change-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose another password */
        post: operations["changePasswordAsOriginal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your videos, newest first */
        get: operations["listVideos"];
        put?: never;
        /** Make a video */
        post: operations["createVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/remix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a video again with a change */
        post: operations["remixVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a video with a change applied to this one */
        post: operations["editVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/extend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Append seconds to a video */
        post: operations["extendVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/continue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Go on from a video */
        post: operations["continueVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One video */
        get: operations["getVideo"];
        put?: never;
        post?: never;
        /** Remove a video and its files for good */
        delete: operations["deleteVideo"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for a video to be stopped */
        post: operations["cancelVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/check-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a video looked at again */
        post: operations["checkVideoStatus"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/family": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a video was made from, and all that was made from those */
        get: operations["getVideoFamily"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/stats/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What videos and images have cost */
        get: operations["getCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The video file, its thumbnail or its spritesheet */
        get: operations["getVideoContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An address for players, good for a few minutes */
        post: operations["linkVideo"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/screenshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Stills as base64, the true last frame among them */
        get: operations["getVideoScreenshots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/videos/{id}/reference-images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pictures a video was made from, as base64 */
        get: operations["getVideoReferences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/estimate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What something would cost, and what is left of your budgets */
        get: operations["getEstimate"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/spend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What you have spent, by UTC day and model, and what is left of your budgets */
        get: operations["getSpend"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your image jobs, newest first */
        get: operations["listImages"];
        put?: never;
        /** Make pictures, or change some */
        post: operations["createImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/images/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One image job */
        get: operations["getImage"];
        put?: never;
        post?: never;
        /** Remove an image job and its files for good */
        delete: operations["deleteImage"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/images/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A picture's file */
        get: operations["getImageContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/images/{id}/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An address for pages, good for a few minutes */
        post: operations["linkImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/images/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask for an image job to be stopped */
        post: operations["cancelImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sessions, last used first */
        get: operations["listSessions"];
        put?: never;
        /** Begin a conversation about pictures */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A session with its pictures, oldest first */
        get: operations["getSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The next turn of a session */
        post: operations["createSessionImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/sessions/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a session; its pictures are kept */
        post: operations["closeSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/references": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your reference pictures */
        get: operations["listReferences"];
        put?: never;
        /** Keep a picture to make videos from */
        post: operations["addReference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/references/prepare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a reference picture ready: exactly of a size */
        post: operations["prepareReference"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your webhooks */
        get: operations["listWebhooks"];
        put?: never;
        /** Be told about the ends of jobs; the secret is shown this once */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One webhook */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /** Remove a webhook and its messages */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /** Change, disable or enable a webhook */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/api/webhooks/{id}/rotate-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a new secret; for 24 hours messages are signed with both */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a test message, once */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A webhook's messages, newest first */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/deliveries/{delivery}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message again, under its old id */
        post: operations["replayDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/{id}/replay-dead": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send all messages again that were given up */
        post: operations["replayDeadDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your API keys, without their secrets */
        get: operations["listKeys"];
        put?: never;
        /** Make an API key; its secret is shown this once */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an API key for ever */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All accounts */
        get: operations["listUsers"];
        put?: never;
        /** Make an account */
        post: operations["addUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an account */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/api/admin/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What each user has spent, and has reserved */
        get: operations["listCosts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The models there are: what each can do and costs */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/unknown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs that were sent and of which no answer proves what became of them */
        get: operations["listUnknownJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/admin/jobs/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what became of one, as the account at the provider shows it */
        post: operations["resolveUnknownJob"];
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
        Error: {
            error: string;
            code: string;
            request_id: string;
            category: string;
            retryable: boolean;
            suggestion: string;
            faults?: {
                field: string;
                code: string;
                message: string;
            }[];
        };
        OpenAiError: {
            error: {
                message: string;
                type: string;
                param: unknown;
                code: unknown;
            };
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
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "username": "admin",
                 *       "password": "correct horse battery"
                 *     }
                 */
                "application/json": {
                    username?: string;
                    password?: string;
                    /** @default false */
                    cookie?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "eyJhbGciOiJIUzI1NiIs…",
                     *       "user": {
                     *         "id": "local",
                     *         "username": "admin",
                     *         "role": "admin",
                     *         "created_at": 1795284000,
                     *         "disabled": false,
                     *         "password_change_required": false,
                     *         "daily_budget_usd": null,
                     *         "monthly_budget_usd": null
                     *       },
                     *       "expires_at": 1795888800
                     *     }
                     */
                    "application/json": {
                        token?: string;
                        user: {
                            id: string;
                            username: string;
                            /** @enum {string} */
                            role: "admin" | "user";
                            created_at?: number;
                            disabled?: boolean;
                            password_change_required?: boolean;
                            daily_budget_usd?: unknown;
                            monthly_budget_usd?: unknown;
                        };
                        expires_at: number;
                    };
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "everywhere": false
                 *     }
                 */
                "application/json": {
                    /** @default false */
                    everywhere?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true
                     *     }
                     */
                    "application/json": {
                        success: boolean;
                    };
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "local",
                     *         "username": "admin",
                     *         "role": "admin",
                     *         "created_at": 1795284000,
                     *         "disabled": false,
                     *         "password_change_required": false,
                     *         "daily_budget_usd": null,
                     *         "monthly_budget_usd": null
                     *       },
                     *       "scopes": [
                     *         "read",
                     *         "create",
                     *         "admin"
                     *       ],
                     *       "expires_at": 1795888800
                     *     }
                     */
                    "application/json": {
                        user: {
                            id: string;
                            username: string;
                            /** @enum {string} */
                            role: "admin" | "user";
                            created_at?: number;
                            disabled?: boolean;
                            password_change_required?: boolean;
                            daily_budget_usd?: unknown;
                            monthly_budget_usd?: unknown;
                        };
                        scopes: string[];
                        expires_at?: number;
                    };
                };
            };
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "correct horse battery",
                 *       "newPassword": "a better horse battery"
                 *     }
                 */
                "application/json": {
                    currentPassword?: string;
                    newPassword?: string;
                    current_password?: string;
                    new_password?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "Password changed",
                     *       "token": "eyJhbGciOiJIUzI1NiIs…",
                     *       "expires_at": 1795888800
                     *     }
                     */
                    "application/json": {
                        success: boolean;
                        message: string;
                        token?: string;
                        expires_at: number;
                    };
                };
            };
        };
    };
    changePasswordAsOriginal: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "currentPassword": "correct horse battery",
                 *       "newPassword": "a better horse battery"
                 *     }
                 */
                "application/json": {
                    currentPassword?: string;
                    newPassword?: string;
                    current_password?: string;
                    new_password?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "message": "Password changed",
                     *       "token": "eyJhbGciOiJIUzI1NiIs…",
                     *       "expires_at": 1795888800
                     *     }
                     */
                    "application/json": {
                        success: boolean;
                        message: string;
                        token?: string;
                        expires_at: number;
                    };
                };
            };
        };
    };
    listVideos: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                /** @description next_cursor of the page before; wins over offset */
                cursor?: string;
                status?: "queued" | "in_progress" | "completed" | "failed";
                /** @description An id, or an alias: then all jobs of the model that it stands for now */
                model?: string;
                /** @description Part of the prompt */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "videos": [
                     *         {
                     *           "id": "550e8400-e29b-41d4-a716-446655440000",
                     *           "user_id": "local",
                     *           "provider": "animatic",
                     *           "provider_video_id": "r-1",
                     *           "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *           "prompt": "A cat riding a motorcycle through a neon city",
                     *           "model": "sora-2",
                     *           "size": "1280x720",
                     *           "seconds": "8",
                     *           "status": "in_progress",
                     *           "progress": 45,
                     *           "created_at": 1795284000,
                     *           "completed_at": null,
                     *           "file_path": null,
                     *           "thumbnail_path": null,
                     *           "error_message": null,
                     *           "has_input_reference": 0,
                     *           "has_audio": null,
                     *           "reference_image_paths": null,
                     *           "provider_metadata": null,
                     *           "remix_of": null,
                     *           "cost": 0,
                     *           "kinora": {
                     *             "stage": "running",
                     *             "reason": "",
                     *             "provider": "animatic",
                     *             "model": "animatic/storyboard",
                     *             "operation": "create",
                     *             "estimated_usd": 0,
                     *             "charged_usd": null,
                     *             "warnings": [
                     *               "sora-2 stands for animatic/storyboard here."
                     *             ],
                     *             "files": []
                     *           }
                     *         }
                     *       ],
                     *       "limit": 50,
                     *       "offset": 0,
                     *       "has_more": false,
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        videos: {
                            id: string;
                            user_id: string;
                            provider: string;
                            provider_video_id: unknown;
                            openai_video_id: string;
                            prompt: string;
                            model: string;
                            size: unknown;
                            seconds: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            file_path: unknown;
                            thumbnail_path: unknown;
                            error_message: unknown;
                            has_input_reference: number;
                            has_audio: unknown;
                            reference_image_paths: unknown;
                            provider_metadata: unknown;
                            remix_of: unknown;
                            cost: unknown;
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                        limit: number;
                        offset: number;
                        has_more: boolean;
                        next_cursor: unknown;
                    };
                };
            };
        };
    };
    createVideo: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 characters: the same key and request is the first job again, never paid twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "prompt": "A cat riding a motorcycle through a neon city",
                 *       "model": "sora-2",
                 *       "size": "1280x720",
                 *       "seconds": "8"
                 *     }
                 */
                "application/json": {
                    /** @description What the video shows; at most 32,000 characters */
                    prompt?: string;
                    /** @description An id or alias of /api/models; unset: the default model */
                    model?: string;
                    /** @description WIDTHxHEIGHT; unset: 1280x720 where the model makes it, else its default */
                    size?: string;
                    /** @description Length; unset: 8 where the model makes it, else its default */
                    seconds?: string | number;
                    negative_prompt?: string;
                    negativePrompt?: string;
                    audio?: boolean;
                    generateAudio?: boolean;
                    /** @enum {string} */
                    resolution?: "720p" | "1080p";
                    /** @description Taken for the original's sake; the files themselves say what they are */
                    veoImageMode?: string;
                    /** @description Taken for the original's sake; without effect, which a warning of the job says */
                    personGeneration?: string;
                    seed?: number;
                    /** @description As text: an image id of /api/images, base64 or a data URL */
                    input_reference?: string;
                    input_reference_url?: string;
                    /** @description As text: an image id of /api/images, base64 or a data URL */
                    first_frame?: string;
                    first_frame_url?: string;
                    /** @description As text: an image id of /api/images, base64 or a data URL */
                    last_frame?: string;
                    last_frame_url?: string;
                    /** @description A picture of /api/references */
                    input_reference_filename?: string;
                    /** @description A picture of /api/references */
                    last_frame_filename?: string;
                    /** @description Wishes that only some models know, such as {"watermark": false}; /api/models lists the options of each */
                    options?: Record<string, never>;
                    /** @description Refuse when the estimate is higher, or not known */
                    max_cost_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "provider_video_id": "r-1",
                     *       "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *       "prompt": "A cat riding a motorcycle through a neon city",
                     *       "model": "sora-2",
                     *       "size": "1280x720",
                     *       "seconds": "8",
                     *       "status": "in_progress",
                     *       "progress": 45,
                     *       "created_at": 1795284000,
                     *       "completed_at": null,
                     *       "file_path": null,
                     *       "thumbnail_path": null,
                     *       "error_message": null,
                     *       "has_input_reference": 0,
                     *       "has_audio": null,
                     *       "reference_image_paths": null,
                     *       "provider_metadata": null,
                     *       "remix_of": null,
                     *       "cost": 0,
                     *       "kinora": {
                     *         "stage": "running",
                     *         "reason": "",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [
                     *           "sora-2 stands for animatic/storyboard here."
                     *         ],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        user_id: string;
                        provider: string;
                        provider_video_id: unknown;
                        openai_video_id: string;
                        prompt: string;
                        model: string;
                        size: unknown;
                        seconds: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        file_path: unknown;
                        thumbnail_path: unknown;
                        error_message: unknown;
                        has_input_reference: number;
                        has_audio: unknown;
                        reference_image_paths: unknown;
                        provider_metadata: unknown;
                        remix_of: unknown;
                        cost: unknown;
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    remixVideo: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 characters: the same key and request is the first job again, never paid twice */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "prompt": "Change the motorcycle to red and add more neon lights"
                 *     }
                 */
                "application/json": {
                    /** @description What the video shows; at most 32,000 characters */
                    prompt?: string;
                    seed?: number;
                    /** @description Refuse when the estimate is higher, or not known */
                    max_cost_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "provider_video_id": "r-1",
                     *       "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *       "prompt": "A cat riding a motorcycle through a neon city",
                     *       "model": "sora-2",
                     *       "size": "1280x720",
                     *       "seconds": "8",
                     *       "status": "in_progress",
                     *       "progress": 45,
                     *       "created_at": 1795284000,
                     *       "completed_at": null,
                     *       "file_path": null,
                     *       "thumbnail_path": null,
                     *       "error_message": null,
                     *       "has_input_reference": 0,
                     *       "has_audio": null,
                     *       "reference_image_paths": null,
                     *       "provider_metadata": null,
                     *       "remix_of": null,
                     *       "cost": 0,
                     *       "kinora": {
                     *         "stage": "running",
                     *         "reason": "",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [
                     *           "sora-2 stands for animatic/storyboard here."
                     *         ],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        user_id: string;
                        provider: string;
                        provider_video_id: unknown;
                        openai_video_id: string;
                        prompt: string;
                        model: string;
                        size: unknown;
                        seconds: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        file_path: unknown;
                        thumbnail_path: unknown;
                        error_message: unknown;
                        has_input_reference: number;
                        has_audio: unknown;
                        reference_image_paths: unknown;
                        provider_metadata: unknown;
                        remix_of: unknown;
                        cost: unknown;
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    editVideo: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 characters: the same key and request is the first job again, never paid twice */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "prompt": "Change the motorcycle to red and add more neon lights"
                 *     }
                 */
                "application/json": {
                    /** @description What the video shows; at most 32,000 characters */
                    prompt?: string;
                    seed?: number;
                    /** @description Refuse when the estimate is higher, or not known */
                    max_cost_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "provider_video_id": "r-1",
                     *       "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *       "prompt": "A cat riding a motorcycle through a neon city",
                     *       "model": "sora-2",
                     *       "size": "1280x720",
                     *       "seconds": "8",
                     *       "status": "in_progress",
                     *       "progress": 45,
                     *       "created_at": 1795284000,
                     *       "completed_at": null,
                     *       "file_path": null,
                     *       "thumbnail_path": null,
                     *       "error_message": null,
                     *       "has_input_reference": 0,
                     *       "has_audio": null,
                     *       "reference_image_paths": null,
                     *       "provider_metadata": null,
                     *       "remix_of": null,
                     *       "cost": 0,
                     *       "kinora": {
                     *         "stage": "running",
                     *         "reason": "",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [
                     *           "sora-2 stands for animatic/storyboard here."
                     *         ],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        user_id: string;
                        provider: string;
                        provider_video_id: unknown;
                        openai_video_id: string;
                        prompt: string;
                        model: string;
                        size: unknown;
                        seconds: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        file_path: unknown;
                        thumbnail_path: unknown;
                        error_message: unknown;
                        has_input_reference: number;
                        has_audio: unknown;
                        reference_image_paths: unknown;
                        provider_metadata: unknown;
                        remix_of: unknown;
                        cost: unknown;
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    extendVideo: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 characters: the same key and request is the first job again, never paid twice */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "prompt": "Change the motorcycle to red and add more neon lights"
                 *     }
                 */
                "application/json": {
                    /** @description What the video shows; at most 32,000 characters */
                    prompt?: string;
                    /** @description Seconds to append; unset: the model's default */
                    seconds?: string | number;
                    seed?: number;
                    /** @description Refuse when the estimate is higher, or not known */
                    max_cost_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "provider_video_id": "r-1",
                     *       "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *       "prompt": "A cat riding a motorcycle through a neon city",
                     *       "model": "sora-2",
                     *       "size": "1280x720",
                     *       "seconds": "8",
                     *       "status": "in_progress",
                     *       "progress": 45,
                     *       "created_at": 1795284000,
                     *       "completed_at": null,
                     *       "file_path": null,
                     *       "thumbnail_path": null,
                     *       "error_message": null,
                     *       "has_input_reference": 0,
                     *       "has_audio": null,
                     *       "reference_image_paths": null,
                     *       "provider_metadata": null,
                     *       "remix_of": null,
                     *       "cost": 0,
                     *       "kinora": {
                     *         "stage": "running",
                     *         "reason": "",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [
                     *           "sora-2 stands for animatic/storyboard here."
                     *         ],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        user_id: string;
                        provider: string;
                        provider_video_id: unknown;
                        openai_video_id: string;
                        prompt: string;
                        model: string;
                        size: unknown;
                        seconds: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        file_path: unknown;
                        thumbnail_path: unknown;
                        error_message: unknown;
                        has_input_reference: number;
                        has_audio: unknown;
                        reference_image_paths: unknown;
                        provider_metadata: unknown;
                        remix_of: unknown;
                        cost: unknown;
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    continueVideo: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 characters: the same key and request is the first job again, never paid twice */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "prompt": "Change the motorcycle to red and add more neon lights"
                 *     }
                 */
                "application/json": {
                    /** @description What the video shows; at most 32,000 characters */
                    prompt?: string;
                    /** @description Unset: the video's own */
                    model?: string;
                    /** @description Length of what is new; unset: that of the video, or the extension's default */
                    seconds?: string | number;
                    /**
                     * @default best
                     * @enum {string}
                     */
                    mode?: "best" | "extend" | "last_frame";
                    seed?: number;
                    /** @description Refuse when the estimate is higher, or not known */
                    max_cost_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "provider_video_id": "r-1",
                     *       "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *       "prompt": "A cat riding a motorcycle through a neon city",
                     *       "model": "sora-2",
                     *       "size": "1280x720",
                     *       "seconds": "8",
                     *       "status": "in_progress",
                     *       "progress": 45,
                     *       "created_at": 1795284000,
                     *       "completed_at": null,
                     *       "file_path": null,
                     *       "thumbnail_path": null,
                     *       "error_message": null,
                     *       "has_input_reference": 0,
                     *       "has_audio": null,
                     *       "reference_image_paths": null,
                     *       "provider_metadata": null,
                     *       "remix_of": null,
                     *       "cost": 0,
                     *       "kinora": {
                     *         "stage": "running",
                     *         "reason": "",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [
                     *           "sora-2 stands for animatic/storyboard here."
                     *         ],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        user_id: string;
                        provider: string;
                        provider_video_id: unknown;
                        openai_video_id: string;
                        prompt: string;
                        model: string;
                        size: unknown;
                        seconds: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        file_path: unknown;
                        thumbnail_path: unknown;
                        error_message: unknown;
                        has_input_reference: number;
                        has_audio: unknown;
                        reference_image_paths: unknown;
                        provider_metadata: unknown;
                        remix_of: unknown;
                        cost: unknown;
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    getVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "provider_video_id": "r-1",
                     *       "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *       "prompt": "A cat riding a motorcycle through a neon city",
                     *       "model": "sora-2",
                     *       "size": "1280x720",
                     *       "seconds": "8",
                     *       "status": "in_progress",
                     *       "progress": 45,
                     *       "created_at": 1795284000,
                     *       "completed_at": null,
                     *       "file_path": null,
                     *       "thumbnail_path": null,
                     *       "error_message": null,
                     *       "has_input_reference": 0,
                     *       "has_audio": null,
                     *       "reference_image_paths": null,
                     *       "provider_metadata": null,
                     *       "remix_of": null,
                     *       "cost": 0,
                     *       "kinora": {
                     *         "stage": "running",
                     *         "reason": "",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [
                     *           "sora-2 stands for animatic/storyboard here."
                     *         ],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        user_id: string;
                        provider: string;
                        provider_video_id: unknown;
                        openai_video_id: string;
                        prompt: string;
                        model: string;
                        size: unknown;
                        seconds: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        file_path: unknown;
                        thumbnail_path: unknown;
                        error_message: unknown;
                        has_input_reference: number;
                        has_audio: unknown;
                        reference_image_paths: unknown;
                        provider_metadata: unknown;
                        remix_of: unknown;
                        cost: unknown;
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    deleteVideo: {
        parameters: {
            query?: {
                cancel_first?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true
                     *     }
                     */
                    "application/json": {
                        success: boolean;
                    };
                };
            };
        };
    };
    cancelVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "provider_video_id": "r-1",
                     *       "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *       "prompt": "A cat riding a motorcycle through a neon city",
                     *       "model": "sora-2",
                     *       "size": "1280x720",
                     *       "seconds": "8",
                     *       "status": "in_progress",
                     *       "progress": 45,
                     *       "created_at": 1795284000,
                     *       "completed_at": null,
                     *       "file_path": null,
                     *       "thumbnail_path": null,
                     *       "error_message": null,
                     *       "has_input_reference": 0,
                     *       "has_audio": null,
                     *       "reference_image_paths": null,
                     *       "provider_metadata": null,
                     *       "remix_of": null,
                     *       "cost": 0,
                     *       "kinora": {
                     *         "stage": "running",
                     *         "reason": "",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [
                     *           "sora-2 stands for animatic/storyboard here."
                     *         ],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        user_id: string;
                        provider: string;
                        provider_video_id: unknown;
                        openai_video_id: string;
                        prompt: string;
                        model: string;
                        size: unknown;
                        seconds: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        file_path: unknown;
                        thumbnail_path: unknown;
                        error_message: unknown;
                        has_input_reference: number;
                        has_audio: unknown;
                        reference_image_paths: unknown;
                        provider_metadata: unknown;
                        remix_of: unknown;
                        cost: unknown;
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    checkVideoStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Status check triggered",
                     *       "video": {
                     *         "id": "550e8400-e29b-41d4-a716-446655440000",
                     *         "user_id": "local",
                     *         "provider": "animatic",
                     *         "provider_video_id": "r-1",
                     *         "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *         "prompt": "A cat riding a motorcycle through a neon city",
                     *         "model": "sora-2",
                     *         "size": "1280x720",
                     *         "seconds": "8",
                     *         "status": "in_progress",
                     *         "progress": 45,
                     *         "created_at": 1795284000,
                     *         "completed_at": null,
                     *         "file_path": null,
                     *         "thumbnail_path": null,
                     *         "error_message": null,
                     *         "has_input_reference": 0,
                     *         "has_audio": null,
                     *         "reference_image_paths": null,
                     *         "provider_metadata": null,
                     *         "remix_of": null,
                     *         "cost": 0,
                     *         "kinora": {
                     *           "stage": "running",
                     *           "reason": "",
                     *           "provider": "animatic",
                     *           "model": "animatic/storyboard",
                     *           "operation": "create",
                     *           "estimated_usd": 0,
                     *           "charged_usd": null,
                     *           "warnings": [
                     *             "sora-2 stands for animatic/storyboard here."
                     *           ],
                     *           "files": []
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        message: string;
                        video: {
                            id: string;
                            user_id: string;
                            provider: string;
                            provider_video_id: unknown;
                            openai_video_id: string;
                            prompt: string;
                            model: string;
                            size: unknown;
                            seconds: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            file_path: unknown;
                            thumbnail_path: unknown;
                            error_message: unknown;
                            has_input_reference: number;
                            has_audio: unknown;
                            reference_image_paths: unknown;
                            provider_metadata: unknown;
                            remix_of: unknown;
                            cost: unknown;
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        };
                    };
                };
            };
        };
    };
    getVideoFamily: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "videos": [
                     *         {
                     *           "id": "550e8400-e29b-41d4-a716-446655440000",
                     *           "user_id": "local",
                     *           "provider": "animatic",
                     *           "provider_video_id": "r-1",
                     *           "openai_video_id": "video_550e8400e29b41d4a716446655440000",
                     *           "prompt": "A cat riding a motorcycle through a neon city",
                     *           "model": "sora-2",
                     *           "size": "1280x720",
                     *           "seconds": "8",
                     *           "status": "in_progress",
                     *           "progress": 45,
                     *           "created_at": 1795284000,
                     *           "completed_at": null,
                     *           "file_path": null,
                     *           "thumbnail_path": null,
                     *           "error_message": null,
                     *           "has_input_reference": 0,
                     *           "has_audio": null,
                     *           "reference_image_paths": null,
                     *           "provider_metadata": null,
                     *           "remix_of": null,
                     *           "cost": 0,
                     *           "kinora": {
                     *             "stage": "running",
                     *             "reason": "",
                     *             "provider": "animatic",
                     *             "model": "animatic/storyboard",
                     *             "operation": "create",
                     *             "estimated_usd": 0,
                     *             "charged_usd": null,
                     *             "warnings": [
                     *               "sora-2 stands for animatic/storyboard here."
                     *             ],
                     *             "files": []
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        videos: {
                            id: string;
                            user_id: string;
                            provider: string;
                            provider_video_id: unknown;
                            openai_video_id: string;
                            prompt: string;
                            model: string;
                            size: unknown;
                            seconds: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            file_path: unknown;
                            thumbnail_path: unknown;
                            error_message: unknown;
                            has_input_reference: number;
                            has_audio: unknown;
                            reference_image_paths: unknown;
                            provider_metadata: unknown;
                            remix_of: unknown;
                            cost: unknown;
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
        };
    };
    getCosts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user_total": 1.6,
                     *       "user_count": 2,
                     *       "user_reserved": 0.8
                     *     }
                     */
                    "application/json": {
                        user_total: number;
                        user_count: number;
                        user_reserved: number;
                        platform_total?: number;
                        platform_count?: number;
                        platform_reserved?: number;
                    };
                };
            };
        };
    };
    getVideoContent: {
        parameters: {
            query?: {
                /** @description video, thumbnail or spritesheet */
                variant?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    linkVideo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "variant": "video"
                 *     }
                 */
                "application/json": {
                    /**
                     * @description video, thumbnail or spritesheet
                     * @default video
                     */
                    variant?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "/media/VQ6EAOKbQdSnFkRmVUQAAAA",
                     *       "expires_at": 1795284600
                     *     }
                     */
                    "application/json": {
                        url: string;
                        expires_at: number;
                    };
                };
            };
        };
    };
    getVideoScreenshots: {
        parameters: {
            query?: {
                /** @description 1 to 10; what is less or more is taken for the nearest */
                count?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "video_id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "prompt": "A cat",
                     *       "frame_count": 1,
                     *       "frames": [
                     *         {
                     *           "frame_number": 1,
                     *           "is_final_frame": true,
                     *           "second": 7.958,
                     *           "data": "/9j/4AAQ"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        video_id: string;
                        prompt: string;
                        frame_count: number;
                        frames: {
                            frame_number: number;
                            is_final_frame: boolean;
                            second: number;
                            data: string;
                        }[];
                    };
                };
            };
        };
    };
    getVideoReferences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "images": [
                     *         {
                     *           "index": 0,
                     *           "filename": "first_frame.png",
                     *           "data": "iVBORw0",
                     *           "mimeType": "image/png"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        images: {
                            index: number;
                            filename: string;
                            data: string;
                            mimeType: string;
                        }[];
                    };
                };
            };
        };
    };
    getEstimate: {
        parameters: {
            query?: {
                /** @description An id or alias of /api/models; unset: the default model */
                model?: string;
                kind?: "video" | "image";
                /** @description WIDTHxHEIGHT; unset: the model's default */
                size?: string;
                /** @description Unset: the model's default */
                seconds?: number;
                /** @description How many pictures are made */
                count?: number;
                /** @description How many pictures come in: frames and references */
                inputs?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "model": "animatic/storyboard",
                     *       "estimated_usd": 0,
                     *       "budgets": {
                     *         "daily": {
                     *           "limit_usd": 5,
                     *           "used_usd": 1.2,
                     *           "left_usd": 3.8
                     *         },
                     *         "monthly": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        model: string;
                        estimated_usd: unknown;
                        budgets: {
                            daily: unknown;
                            monthly: unknown;
                        };
                    };
                };
            };
        };
    };
    getSpend: {
        parameters: {
            query?: {
                /** @description Today and so many less one before it */
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "since": "2026-10-24",
                     *       "budgets": {
                     *         "daily": {
                     *           "limit_usd": 5,
                     *           "used_usd": 1.2,
                     *           "left_usd": 3.8
                     *         },
                     *         "monthly": null
                     *       },
                     *       "days": [
                     *         {
                     *           "day": "2026-11-22",
                     *           "kind": "video",
                     *           "model": "animatic/storyboard",
                     *           "total": 0,
                     *           "reserved": 0,
                     *           "completed": 3
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        since: string;
                        budgets: {
                            daily: unknown;
                            monthly: unknown;
                        };
                        days: {
                            day: string;
                            /** @enum {string} */
                            kind: "video" | "image";
                            model: string;
                            total: number;
                            reserved: number;
                            completed: number;
                        }[];
                    };
                };
            };
        };
    };
    listImages: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                /** @description next_cursor of the page before; wins over offset */
                cursor?: string;
                status?: "queued" | "in_progress" | "completed" | "failed";
                /** @description An id, or an alias: then all jobs of the model that it stands for now */
                model?: string;
                /** @description Part of the prompt */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "images": [
                     *         {
                     *           "id": "7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f",
                     *           "image_id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *           "user_id": "local",
                     *           "provider": "animatic",
                     *           "prompt": "A red kite over dunes",
                     *           "revised_prompt": null,
                     *           "remarks": null,
                     *           "model": "animatic/storyboard",
                     *           "size": "1024x1024",
                     *           "quality": null,
                     *           "format": "png",
                     *           "background": null,
                     *           "status": "completed",
                     *           "progress": 100,
                     *           "created_at": 1795284000,
                     *           "completed_at": 1795284002,
                     *           "session_id": null,
                     *           "from_image_id": null,
                     *           "error_message": null,
                     *           "cost": 0,
                     *           "images": [
                     *             {
                     *               "id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *               "index": 0,
                     *               "url": "/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content",
                     *               "mime_type": "image/png",
                     *               "width": 1024,
                     *               "height": 1024,
                     *               "bytes": 48211
                     *             }
                     *           ],
                     *           "kinora": {
                     *             "stage": "completed",
                     *             "reason": "Done.",
                     *             "provider": "animatic",
                     *             "model": "animatic/storyboard",
                     *             "operation": "create",
                     *             "estimated_usd": 0,
                     *             "charged_usd": null,
                     *             "warnings": [],
                     *             "files": []
                     *           }
                     *         }
                     *       ],
                     *       "limit": 50,
                     *       "offset": 0,
                     *       "has_more": false,
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        images: {
                            id: string;
                            image_id: string;
                            user_id: string;
                            provider: string;
                            prompt: string;
                            revised_prompt: unknown;
                            remarks: unknown;
                            model: string;
                            size: unknown;
                            quality: unknown;
                            format: unknown;
                            background: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            session_id: unknown;
                            from_image_id: unknown;
                            error_message: unknown;
                            cost: unknown;
                            images: {
                                id: string;
                                index: number;
                                url: string;
                                mime_type: string;
                                width: unknown;
                                height: unknown;
                                bytes: number;
                            }[];
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                        limit: number;
                        offset: number;
                        has_more: boolean;
                        next_cursor: unknown;
                    };
                };
            };
        };
    };
    createImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 characters: the same key and request is the first job again, never paid twice */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "prompt": "A red kite over dunes",
                 *       "size": "1024x1024"
                 *     }
                 */
                "application/json": {
                    /** @description What the picture shows, or what is to be changed; at most 32,000 characters */
                    prompt?: string;
                    /** @description An id or alias of /api/models; unset: the default model */
                    model?: string;
                    /** @enum {string} */
                    use_case?: "general" | "product" | "icon" | "illustration" | "background" | "hero" | "style_series";
                    /** @description WIDTHxHEIGHT or auto */
                    size?: string;
                    /** @enum {string} */
                    quality?: "auto" | "low" | "medium" | "high" | "xhigh" | "max";
                    /** @enum {string} */
                    background?: "auto" | "transparent" | "opaque";
                    /** @enum {string} */
                    format?: "png" | "jpeg" | "webp";
                    count?: number;
                    /** @description A picture made here to go on from */
                    from_image_id?: string;
                    /** @description A picture to change, as text: an image id, base64 or a data URL */
                    image?: string;
                    image_url?: string;
                    /** @description PNG, transparent where to paint, as base64 or a data URL */
                    mask?: string;
                    seed?: number;
                    /** @description Refuse when the estimate is higher, or not known */
                    max_cost_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f",
                     *       "image_id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "prompt": "A red kite over dunes",
                     *       "revised_prompt": null,
                     *       "remarks": null,
                     *       "model": "animatic/storyboard",
                     *       "size": "1024x1024",
                     *       "quality": null,
                     *       "format": "png",
                     *       "background": null,
                     *       "status": "completed",
                     *       "progress": 100,
                     *       "created_at": 1795284000,
                     *       "completed_at": 1795284002,
                     *       "session_id": null,
                     *       "from_image_id": null,
                     *       "error_message": null,
                     *       "cost": 0,
                     *       "images": [
                     *         {
                     *           "id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *           "index": 0,
                     *           "url": "/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content",
                     *           "mime_type": "image/png",
                     *           "width": 1024,
                     *           "height": 1024,
                     *           "bytes": 48211
                     *         }
                     *       ],
                     *       "kinora": {
                     *         "stage": "completed",
                     *         "reason": "Done.",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        image_id: string;
                        user_id: string;
                        provider: string;
                        prompt: string;
                        revised_prompt: unknown;
                        remarks: unknown;
                        model: string;
                        size: unknown;
                        quality: unknown;
                        format: unknown;
                        background: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        session_id: unknown;
                        from_image_id: unknown;
                        error_message: unknown;
                        cost: unknown;
                        images: {
                            id: string;
                            index: number;
                            url: string;
                            mime_type: string;
                            width: unknown;
                            height: unknown;
                            bytes: number;
                        }[];
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    getImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f",
                     *       "image_id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "prompt": "A red kite over dunes",
                     *       "revised_prompt": null,
                     *       "remarks": null,
                     *       "model": "animatic/storyboard",
                     *       "size": "1024x1024",
                     *       "quality": null,
                     *       "format": "png",
                     *       "background": null,
                     *       "status": "completed",
                     *       "progress": 100,
                     *       "created_at": 1795284000,
                     *       "completed_at": 1795284002,
                     *       "session_id": null,
                     *       "from_image_id": null,
                     *       "error_message": null,
                     *       "cost": 0,
                     *       "images": [
                     *         {
                     *           "id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *           "index": 0,
                     *           "url": "/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content",
                     *           "mime_type": "image/png",
                     *           "width": 1024,
                     *           "height": 1024,
                     *           "bytes": 48211
                     *         }
                     *       ],
                     *       "kinora": {
                     *         "stage": "completed",
                     *         "reason": "Done.",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        image_id: string;
                        user_id: string;
                        provider: string;
                        prompt: string;
                        revised_prompt: unknown;
                        remarks: unknown;
                        model: string;
                        size: unknown;
                        quality: unknown;
                        format: unknown;
                        background: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        session_id: unknown;
                        from_image_id: unknown;
                        error_message: unknown;
                        cost: unknown;
                        images: {
                            id: string;
                            index: number;
                            url: string;
                            mime_type: string;
                            width: unknown;
                            height: unknown;
                            bytes: number;
                        }[];
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    deleteImage: {
        parameters: {
            query?: {
                cancel_first?: boolean;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true
                     *     }
                     */
                    "application/json": {
                        success: boolean;
                    };
                };
            };
        };
    };
    getImageContent: {
        parameters: {
            query?: {
                /** @description Which of the job's pictures */
                index?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": unknown;
                };
            };
        };
    };
    linkImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "index": 0
                 *     }
                 */
                "application/json": {
                    /**
                     * @description Which of the job's pictures
                     * @default 0
                     */
                    index?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "url": "/media/VQ6EAOKbQdSnFkRmVUQAAAA",
                     *       "expires_at": 1795284600
                     *     }
                     */
                    "application/json": {
                        url: string;
                        expires_at: number;
                    };
                };
            };
        };
    };
    cancelImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f",
                     *       "image_id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "prompt": "A red kite over dunes",
                     *       "revised_prompt": null,
                     *       "remarks": null,
                     *       "model": "animatic/storyboard",
                     *       "size": "1024x1024",
                     *       "quality": null,
                     *       "format": "png",
                     *       "background": null,
                     *       "status": "completed",
                     *       "progress": 100,
                     *       "created_at": 1795284000,
                     *       "completed_at": 1795284002,
                     *       "session_id": null,
                     *       "from_image_id": null,
                     *       "error_message": null,
                     *       "cost": 0,
                     *       "images": [
                     *         {
                     *           "id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *           "index": 0,
                     *           "url": "/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content",
                     *           "mime_type": "image/png",
                     *           "width": 1024,
                     *           "height": 1024,
                     *           "bytes": 48211
                     *         }
                     *       ],
                     *       "kinora": {
                     *         "stage": "completed",
                     *         "reason": "Done.",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        image_id: string;
                        user_id: string;
                        provider: string;
                        prompt: string;
                        revised_prompt: unknown;
                        remarks: unknown;
                        model: string;
                        size: unknown;
                        quality: unknown;
                        format: unknown;
                        background: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        session_id: unknown;
                        from_image_id: unknown;
                        error_message: unknown;
                        cost: unknown;
                        images: {
                            id: string;
                            index: number;
                            url: string;
                            mime_type: string;
                            width: unknown;
                            height: unknown;
                            bytes: number;
                        }[];
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    listSessions: {
        parameters: {
            query?: {
                state?: "active" | "ended";
                /** @description Of ended ones */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "sessions": [
                     *         {
                     *           "session_id": "session_0123456789abcdef0123456789abcdef",
                     *           "status": "active",
                     *           "session_name": "Kites",
                     *           "description": "A poster series",
                     *           "model": "animatic/storyboard",
                     *           "created_at": 1795284000,
                     *           "last_activity": 1795284100,
                     *           "total_generations": 3,
                     *           "newest_image_url": "/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content"
                     *         }
                     *       ],
                     *       "has_more": false,
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        sessions: {
                            session_id: string;
                            /** @enum {string} */
                            status: "active" | "expired" | "closed";
                            session_name: unknown;
                            description: string;
                            model: string;
                            created_at: number;
                            last_activity: number;
                            total_generations: number;
                            newest_image_url: unknown;
                        }[];
                        has_more: boolean;
                        next_cursor: unknown;
                    };
                };
            };
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "description": "A poster series about kites, flat colours",
                 *       "session_name": "Kites"
                 *     }
                 */
                "application/json": {
                    description: string;
                    /** @description An id or alias of /api/models; unset: the default model */
                    model?: string;
                    session_name?: string;
                    from_image?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "session_id": "session_0123456789abcdef0123456789abcdef",
                     *       "status": "active",
                     *       "session_name": "Kites",
                     *       "description": "A poster series",
                     *       "model": "animatic/storyboard",
                     *       "created_at": 1795284000,
                     *       "last_activity": 1795284100,
                     *       "images": [
                     *         {
                     *           "id": "7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f",
                     *           "image_id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *           "user_id": "local",
                     *           "provider": "animatic",
                     *           "prompt": "A red kite over dunes",
                     *           "revised_prompt": null,
                     *           "remarks": null,
                     *           "model": "animatic/storyboard",
                     *           "size": "1024x1024",
                     *           "quality": null,
                     *           "format": "png",
                     *           "background": null,
                     *           "status": "completed",
                     *           "progress": 100,
                     *           "created_at": 1795284000,
                     *           "completed_at": 1795284002,
                     *           "session_id": null,
                     *           "from_image_id": null,
                     *           "error_message": null,
                     *           "cost": 0,
                     *           "images": [
                     *             {
                     *               "id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *               "index": 0,
                     *               "url": "/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content",
                     *               "mime_type": "image/png",
                     *               "width": 1024,
                     *               "height": 1024,
                     *               "bytes": 48211
                     *             }
                     *           ],
                     *           "kinora": {
                     *             "stage": "completed",
                     *             "reason": "Done.",
                     *             "provider": "animatic",
                     *             "model": "animatic/storyboard",
                     *             "operation": "create",
                     *             "estimated_usd": 0,
                     *             "charged_usd": null,
                     *             "warnings": [],
                     *             "files": []
                     *           }
                     *         }
                     *       ],
                     *       "pending": []
                     *     }
                     */
                    "application/json": {
                        session_id: string;
                        /** @enum {string} */
                        status: "active" | "expired" | "closed";
                        session_name: unknown;
                        description: string;
                        model: string;
                        created_at: number;
                        last_activity: number;
                        images: {
                            id: string;
                            image_id: string;
                            user_id: string;
                            provider: string;
                            prompt: string;
                            revised_prompt: unknown;
                            remarks: unknown;
                            model: string;
                            size: unknown;
                            quality: unknown;
                            format: unknown;
                            background: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            session_id: unknown;
                            from_image_id: unknown;
                            error_message: unknown;
                            cost: unknown;
                            images: {
                                id: string;
                                index: number;
                                url: string;
                                mime_type: string;
                                width: unknown;
                                height: unknown;
                                bytes: number;
                            }[];
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                        pending: {
                            id: string;
                            image_id: string;
                            user_id: string;
                            provider: string;
                            prompt: string;
                            revised_prompt: unknown;
                            remarks: unknown;
                            model: string;
                            size: unknown;
                            quality: unknown;
                            format: unknown;
                            background: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            session_id: unknown;
                            from_image_id: unknown;
                            error_message: unknown;
                            cost: unknown;
                            images: {
                                id: string;
                                index: number;
                                url: string;
                                mime_type: string;
                                width: unknown;
                                height: unknown;
                                bytes: number;
                            }[];
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "session_id": "session_0123456789abcdef0123456789abcdef",
                     *       "status": "active",
                     *       "session_name": "Kites",
                     *       "description": "A poster series",
                     *       "model": "animatic/storyboard",
                     *       "created_at": 1795284000,
                     *       "last_activity": 1795284100,
                     *       "images": [
                     *         {
                     *           "id": "7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f",
                     *           "image_id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *           "user_id": "local",
                     *           "provider": "animatic",
                     *           "prompt": "A red kite over dunes",
                     *           "revised_prompt": null,
                     *           "remarks": null,
                     *           "model": "animatic/storyboard",
                     *           "size": "1024x1024",
                     *           "quality": null,
                     *           "format": "png",
                     *           "background": null,
                     *           "status": "completed",
                     *           "progress": 100,
                     *           "created_at": 1795284000,
                     *           "completed_at": 1795284002,
                     *           "session_id": null,
                     *           "from_image_id": null,
                     *           "error_message": null,
                     *           "cost": 0,
                     *           "images": [
                     *             {
                     *               "id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *               "index": 0,
                     *               "url": "/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content",
                     *               "mime_type": "image/png",
                     *               "width": 1024,
                     *               "height": 1024,
                     *               "bytes": 48211
                     *             }
                     *           ],
                     *           "kinora": {
                     *             "stage": "completed",
                     *             "reason": "Done.",
                     *             "provider": "animatic",
                     *             "model": "animatic/storyboard",
                     *             "operation": "create",
                     *             "estimated_usd": 0,
                     *             "charged_usd": null,
                     *             "warnings": [],
                     *             "files": []
                     *           }
                     *         }
                     *       ],
                     *       "pending": []
                     *     }
                     */
                    "application/json": {
                        session_id: string;
                        /** @enum {string} */
                        status: "active" | "expired" | "closed";
                        session_name: unknown;
                        description: string;
                        model: string;
                        created_at: number;
                        last_activity: number;
                        images: {
                            id: string;
                            image_id: string;
                            user_id: string;
                            provider: string;
                            prompt: string;
                            revised_prompt: unknown;
                            remarks: unknown;
                            model: string;
                            size: unknown;
                            quality: unknown;
                            format: unknown;
                            background: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            session_id: unknown;
                            from_image_id: unknown;
                            error_message: unknown;
                            cost: unknown;
                            images: {
                                id: string;
                                index: number;
                                url: string;
                                mime_type: string;
                                width: unknown;
                                height: unknown;
                                bytes: number;
                            }[];
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                        pending: {
                            id: string;
                            image_id: string;
                            user_id: string;
                            provider: string;
                            prompt: string;
                            revised_prompt: unknown;
                            remarks: unknown;
                            model: string;
                            size: unknown;
                            quality: unknown;
                            format: unknown;
                            background: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            session_id: unknown;
                            from_image_id: unknown;
                            error_message: unknown;
                            cost: unknown;
                            images: {
                                id: string;
                                index: number;
                                url: string;
                                mime_type: string;
                                width: unknown;
                                height: unknown;
                                bytes: number;
                            }[];
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
        };
    };
    createSessionImage: {
        parameters: {
            query?: never;
            header?: {
                /** @description 1 to 255 characters: the same key and request is the first job again, never paid twice */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "prompt": "A red kite over dunes",
                 *       "size": "1024x1024"
                 *     }
                 */
                "application/json": {
                    /** @description What the picture shows, or what is to be changed; at most 32,000 characters */
                    prompt?: string;
                    /** @description WIDTHxHEIGHT or auto */
                    size?: string;
                    /** @enum {string} */
                    quality?: "auto" | "low" | "medium" | "high" | "xhigh" | "max";
                    /** @enum {string} */
                    background?: "auto" | "transparent" | "opaque";
                    /** @enum {string} */
                    format?: "png" | "jpeg" | "webp";
                    count?: number;
                    /** @description A picture made here to go on from */
                    from_image_id?: string;
                    /** @description A picture to change, as text: an image id, base64 or a data URL */
                    image?: string;
                    image_url?: string;
                    /** @description PNG, transparent where to paint, as base64 or a data URL */
                    mask?: string;
                    seed?: number;
                    /** @description Refuse when the estimate is higher, or not known */
                    max_cost_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f",
                     *       "image_id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *       "user_id": "local",
                     *       "provider": "animatic",
                     *       "prompt": "A red kite over dunes",
                     *       "revised_prompt": null,
                     *       "remarks": null,
                     *       "model": "animatic/storyboard",
                     *       "size": "1024x1024",
                     *       "quality": null,
                     *       "format": "png",
                     *       "background": null,
                     *       "status": "completed",
                     *       "progress": 100,
                     *       "created_at": 1795284000,
                     *       "completed_at": 1795284002,
                     *       "session_id": null,
                     *       "from_image_id": null,
                     *       "error_message": null,
                     *       "cost": 0,
                     *       "images": [
                     *         {
                     *           "id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *           "index": 0,
                     *           "url": "/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content",
                     *           "mime_type": "image/png",
                     *           "width": 1024,
                     *           "height": 1024,
                     *           "bytes": 48211
                     *         }
                     *       ],
                     *       "kinora": {
                     *         "stage": "completed",
                     *         "reason": "Done.",
                     *         "provider": "animatic",
                     *         "model": "animatic/storyboard",
                     *         "operation": "create",
                     *         "estimated_usd": 0,
                     *         "charged_usd": null,
                     *         "warnings": [],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        image_id: string;
                        user_id: string;
                        provider: string;
                        prompt: string;
                        revised_prompt: unknown;
                        remarks: unknown;
                        model: string;
                        size: unknown;
                        quality: unknown;
                        format: unknown;
                        background: unknown;
                        /** @enum {string} */
                        status: "queued" | "in_progress" | "completed" | "failed";
                        progress: number;
                        created_at: number;
                        completed_at: unknown;
                        session_id: unknown;
                        from_image_id: unknown;
                        error_message: unknown;
                        cost: unknown;
                        images: {
                            id: string;
                            index: number;
                            url: string;
                            mime_type: string;
                            width: unknown;
                            height: unknown;
                            bytes: number;
                        }[];
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
    closeSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "session_id": "session_0123456789abcdef0123456789abcdef",
                     *       "status": "active",
                     *       "session_name": "Kites",
                     *       "description": "A poster series",
                     *       "model": "animatic/storyboard",
                     *       "created_at": 1795284000,
                     *       "last_activity": 1795284100,
                     *       "images": [
                     *         {
                     *           "id": "7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f",
                     *           "image_id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *           "user_id": "local",
                     *           "provider": "animatic",
                     *           "prompt": "A red kite over dunes",
                     *           "revised_prompt": null,
                     *           "remarks": null,
                     *           "model": "animatic/storyboard",
                     *           "size": "1024x1024",
                     *           "quality": null,
                     *           "format": "png",
                     *           "background": null,
                     *           "status": "completed",
                     *           "progress": 100,
                     *           "created_at": 1795284000,
                     *           "completed_at": 1795284002,
                     *           "session_id": null,
                     *           "from_image_id": null,
                     *           "error_message": null,
                     *           "cost": 0,
                     *           "images": [
                     *             {
                     *               "id": "image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f",
                     *               "index": 0,
                     *               "url": "/api/images/7d9f1c9e-5a3b-4a64-9d0f-0a1b2c3d4e5f/content",
                     *               "mime_type": "image/png",
                     *               "width": 1024,
                     *               "height": 1024,
                     *               "bytes": 48211
                     *             }
                     *           ],
                     *           "kinora": {
                     *             "stage": "completed",
                     *             "reason": "Done.",
                     *             "provider": "animatic",
                     *             "model": "animatic/storyboard",
                     *             "operation": "create",
                     *             "estimated_usd": 0,
                     *             "charged_usd": null,
                     *             "warnings": [],
                     *             "files": []
                     *           }
                     *         }
                     *       ],
                     *       "pending": []
                     *     }
                     */
                    "application/json": {
                        session_id: string;
                        /** @enum {string} */
                        status: "active" | "expired" | "closed";
                        session_name: unknown;
                        description: string;
                        model: string;
                        created_at: number;
                        last_activity: number;
                        images: {
                            id: string;
                            image_id: string;
                            user_id: string;
                            provider: string;
                            prompt: string;
                            revised_prompt: unknown;
                            remarks: unknown;
                            model: string;
                            size: unknown;
                            quality: unknown;
                            format: unknown;
                            background: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            session_id: unknown;
                            from_image_id: unknown;
                            error_message: unknown;
                            cost: unknown;
                            images: {
                                id: string;
                                index: number;
                                url: string;
                                mime_type: string;
                                width: unknown;
                                height: unknown;
                                bytes: number;
                            }[];
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                        pending: {
                            id: string;
                            image_id: string;
                            user_id: string;
                            provider: string;
                            prompt: string;
                            revised_prompt: unknown;
                            remarks: unknown;
                            model: string;
                            size: unknown;
                            quality: unknown;
                            format: unknown;
                            background: unknown;
                            /** @enum {string} */
                            status: "queued" | "in_progress" | "completed" | "failed";
                            progress: number;
                            created_at: number;
                            completed_at: unknown;
                            session_id: unknown;
                            from_image_id: unknown;
                            error_message: unknown;
                            cost: unknown;
                            images: {
                                id: string;
                                index: number;
                                url: string;
                                mime_type: string;
                                width: unknown;
                                height: unknown;
                                bytes: number;
                            }[];
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
        };
    };
    listReferences: {
        parameters: {
            query?: {
                /** @description On names: * ? ** [a-z] */
                pattern?: string;
                type?: "png" | "jpeg" | "webp";
                sort_by?: "modified" | "name" | "size";
                order?: "desc" | "asc";
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "filename": "cat.png",
                     *           "size_bytes": 48211,
                     *           "modified_timestamp": 1795284000,
                     *           "file_type": "png"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        data: {
                            filename: string;
                            size_bytes: number;
                            modified_timestamp: number;
                            /** @enum {string} */
                            file_type: "png" | "jpeg" | "webp";
                        }[];
                        next_cursor: unknown;
                    };
                };
            };
        };
    };
    addReference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "filename": "square.png",
                 *       "image": "iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mP436FEEmIY1TCqYfhqAADONakQyQmpEAAAAABJRU5ErkJggg=="
                 *     }
                 */
                "application/json": {
                    /** @description The name to keep it under */
                    filename: string;
                    /** @description As text: an image id of yours, base64 or a data URL */
                    image?: string;
                    image_url?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "filename": "cat.png",
                     *       "size_bytes": 48211,
                     *       "modified_timestamp": 1795284000,
                     *       "file_type": "png"
                     *     }
                     */
                    "application/json": {
                        filename: string;
                        size_bytes: number;
                        modified_timestamp: number;
                        /** @enum {string} */
                        file_type: "png" | "jpeg" | "webp";
                    };
                };
            };
        };
    };
    prepareReference: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "input_filename": "square.png",
                 *       "target_size": "1280x720",
                 *       "resize_mode": "pad"
                 *     }
                 */
                "application/json": {
                    input_filename: string;
                    /** @description WIDTHxHEIGHT */
                    target_size: string;
                    output_filename?: string;
                    /**
                     * @default crop
                     * @enum {string}
                     */
                    resize_mode?: "crop" | "pad" | "rescale";
                    /** @description Colour for padding, like #000000 */
                    background?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "output_filename": "square_1280x720.png",
                     *       "original_size": [
                     *         16,
                     *         16
                     *       ],
                     *       "target_size": [
                     *         1280,
                     *         720
                     *       ],
                     *       "resize_mode": "pad",
                     *       "size_bytes": 48211
                     *     }
                     */
                    "application/json": {
                        output_filename: string;
                        original_size: number[];
                        target_size: number[];
                        resize_mode: string;
                        size_bytes: number;
                    };
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "webhooks": [
                     *         {
                     *           "id": "wh_0123456789abcdef0123456789abcdef",
                     *           "url": "https://example.com/hooks/kinora",
                     *           "description": "Editing suite",
                     *           "events": [
                     *             "video.completed",
                     *             "video.failed"
                     *           ],
                     *           "created_at": 1795284000,
                     *           "disabled_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        webhooks: {
                            id: string;
                            url: string;
                            description: unknown;
                            events: string[];
                            created_at: number;
                            disabled_at: unknown;
                        }[];
                    };
                };
            };
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "url": "https://example.com/hooks/kinora",
                 *       "events": [
                 *         "video.completed",
                 *         "video.failed"
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description https or http, of a public host */
                    url?: string;
                    /** @description Unset: all */
                    events?: ("video.completed" | "video.failed" | "image.completed" | "image.failed")[];
                    description?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_0123456789abcdef0123456789abcdef",
                     *       "url": "https://example.com/hooks/kinora",
                     *       "description": "Editing suite",
                     *       "events": [
                     *         "video.completed",
                     *         "video.failed"
                     *       ],
                     *       "created_at": 1795284000,
                     *       "disabled_at": null,
                     *       "secret": "whsec_…"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: unknown;
                        events: string[];
                        created_at: number;
                        disabled_at: unknown;
                        secret: string;
                    };
                };
            };
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_0123456789abcdef0123456789abcdef",
                     *       "url": "https://example.com/hooks/kinora",
                     *       "description": "Editing suite",
                     *       "events": [
                     *         "video.completed",
                     *         "video.failed"
                     *       ],
                     *       "created_at": 1795284000,
                     *       "disabled_at": null
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: unknown;
                        events: string[];
                        created_at: number;
                        disabled_at: unknown;
                    };
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true
                     *     }
                     */
                    "application/json": {
                        success: boolean;
                    };
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "disabled": true
                 *     }
                 */
                "application/json": {
                    /** @description https or http, of a public host */
                    url?: string;
                    events?: ("video.completed" | "video.failed" | "image.completed" | "image.failed")[];
                    description?: string;
                    disabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_0123456789abcdef0123456789abcdef",
                     *       "url": "https://example.com/hooks/kinora",
                     *       "description": "Editing suite",
                     *       "events": [
                     *         "video.completed",
                     *         "video.failed"
                     *       ],
                     *       "created_at": 1795284000,
                     *       "disabled_at": null
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: unknown;
                        events: string[];
                        created_at: number;
                        disabled_at: unknown;
                    };
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "wh_0123456789abcdef0123456789abcdef",
                     *       "url": "https://example.com/hooks/kinora",
                     *       "description": "Editing suite",
                     *       "events": [
                     *         "video.completed",
                     *         "video.failed"
                     *       ],
                     *       "created_at": 1795284000,
                     *       "disabled_at": null,
                     *       "secret": "whsec_…"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        url: string;
                        description: unknown;
                        events: string[];
                        created_at: number;
                        disabled_at: unknown;
                        secret: string;
                    };
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "msg_0123456789abcdef0123456789abcdef",
                     *       "event": "video.completed",
                     *       "video_id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "state": "delivered",
                     *       "attempts": 1,
                     *       "last_status": 200,
                     *       "last_error": null,
                     *       "created_at": 1795284100,
                     *       "next_at": null,
                     *       "delivered_at": 1795284100,
                     *       "payload": {
                     *         "id": "evt_0123456789abcdef0123456789abcdef",
                     *         "object": "event",
                     *         "type": "video.completed",
                     *         "created_at": 1795284100,
                     *         "data": {
                     *           "id": "video_550e8400e29b41d4a716446655440000"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        event: string;
                        video_id: unknown;
                        /** @enum {string} */
                        state: "pending" | "delivered" | "dead";
                        attempts: number;
                        last_status: unknown;
                        last_error: unknown;
                        created_at: number;
                        next_at: unknown;
                        delivered_at: unknown;
                        payload: unknown;
                    };
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                state?: "pending" | "delivered" | "dead";
                /** @description next_cursor of the page before */
                cursor?: string;
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "deliveries": [
                     *         {
                     *           "id": "msg_0123456789abcdef0123456789abcdef",
                     *           "event": "video.completed",
                     *           "video_id": "550e8400-e29b-41d4-a716-446655440000",
                     *           "state": "delivered",
                     *           "attempts": 1,
                     *           "last_status": 200,
                     *           "last_error": null,
                     *           "created_at": 1795284100,
                     *           "next_at": null,
                     *           "delivered_at": 1795284100,
                     *           "payload": {
                     *             "id": "evt_0123456789abcdef0123456789abcdef",
                     *             "object": "event",
                     *             "type": "video.completed",
                     *             "created_at": 1795284100,
                     *             "data": {
                     *               "id": "video_550e8400e29b41d4a716446655440000"
                     *             }
                     *           }
                     *         }
                     *       ],
                     *       "has_more": false,
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": {
                        deliveries: {
                            id: string;
                            event: string;
                            video_id: unknown;
                            /** @enum {string} */
                            state: "pending" | "delivered" | "dead";
                            attempts: number;
                            last_status: unknown;
                            last_error: unknown;
                            created_at: number;
                            next_at: unknown;
                            delivered_at: unknown;
                            payload: unknown;
                        }[];
                        has_more: boolean;
                        next_cursor: unknown;
                    };
                };
            };
        };
    };
    replayDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "msg_0123456789abcdef0123456789abcdef",
                     *       "event": "video.completed",
                     *       "video_id": "550e8400-e29b-41d4-a716-446655440000",
                     *       "state": "delivered",
                     *       "attempts": 1,
                     *       "last_status": 200,
                     *       "last_error": null,
                     *       "created_at": 1795284100,
                     *       "next_at": null,
                     *       "delivered_at": 1795284100,
                     *       "payload": {
                     *         "id": "evt_0123456789abcdef0123456789abcdef",
                     *         "object": "event",
                     *         "type": "video.completed",
                     *         "created_at": 1795284100,
                     *         "data": {
                     *           "id": "video_550e8400e29b41d4a716446655440000"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        event: string;
                        video_id: unknown;
                        /** @enum {string} */
                        state: "pending" | "delivered" | "dead";
                        attempts: number;
                        last_status: unknown;
                        last_error: unknown;
                        created_at: number;
                        next_at: unknown;
                        delivered_at: unknown;
                        payload: unknown;
                    };
                };
            };
        };
    };
    replayDeadDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "replayed": 3
                     *     }
                     */
                    "application/json": {
                        replayed: number;
                    };
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "keys": [
                     *         {
                     *           "id": "key_0123456789abcdef0123456789abcdef",
                     *           "name": "laptop",
                     *           "scopes": [
                     *             "read",
                     *             "create"
                     *           ],
                     *           "creates_per_minute": null,
                     *           "daily_budget_usd": 5,
                     *           "monthly_budget_usd": null,
                     *           "created_at": 1795284000,
                     *           "last_used_at": null,
                     *           "revoked_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        keys: {
                            id: string;
                            name: string;
                            scopes: string[];
                            creates_per_minute: unknown;
                            daily_budget_usd: unknown;
                            monthly_budget_usd: unknown;
                            created_at: number;
                            last_used_at: unknown;
                            revoked_at: unknown;
                        }[];
                    };
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "laptop",
                 *       "scopes": [
                 *         "read",
                 *         "create"
                 *       ],
                 *       "daily_budget_usd": 5
                 *     }
                 */
                "application/json": {
                    name: string;
                    /** @description Unset: read and create. admin is for admins */
                    scopes?: ("read" | "create" | "admin")[];
                    /** @description How many creates this key may ask for; unset: as many as you */
                    creates_per_minute?: number;
                    /** @description US dollars that may be spent with this key by UTC day, beside your own budget */
                    daily_budget_usd?: number;
                    /** @description US dollars that may be spent with this key by UTC month, beside your own budget */
                    monthly_budget_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_0123456789abcdef0123456789abcdef",
                     *       "name": "laptop",
                     *       "scopes": [
                     *         "read",
                     *         "create"
                     *       ],
                     *       "creates_per_minute": null,
                     *       "daily_budget_usd": 5,
                     *       "monthly_budget_usd": null,
                     *       "created_at": 1795284000,
                     *       "last_used_at": null,
                     *       "revoked_at": null,
                     *       "key": "kin_…"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        scopes: string[];
                        creates_per_minute: unknown;
                        daily_budget_usd: unknown;
                        monthly_budget_usd: unknown;
                        created_at: number;
                        last_used_at: unknown;
                        revoked_at: unknown;
                        key: string;
                    };
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true
                     *     }
                     */
                    "application/json": {
                        success: boolean;
                    };
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "users": [
                     *         {
                     *           "id": "local",
                     *           "username": "admin",
                     *           "role": "admin",
                     *           "created_at": 1795284000,
                     *           "disabled": false,
                     *           "password_change_required": false,
                     *           "daily_budget_usd": null,
                     *           "monthly_budget_usd": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        users: {
                            id: string;
                            username: string;
                            /** @enum {string} */
                            role: "admin" | "user";
                            created_at?: number;
                            disabled?: boolean;
                            password_change_required?: boolean;
                            daily_budget_usd?: unknown;
                            monthly_budget_usd?: unknown;
                        }[];
                    };
                };
            };
        };
    };
    addUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "username": "ann",
                 *       "password": "correct horse battery",
                 *       "role": "user",
                 *       "monthly_budget_usd": 50
                 *     }
                 */
                "application/json": {
                    username?: string;
                    password?: string;
                    /**
                     * @default user
                     * @enum {string}
                     */
                    role?: "user" | "admin";
                    /** @description US dollars by UTC day */
                    daily_budget_usd?: number;
                    /** @description US dollars by UTC month */
                    monthly_budget_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "user": {
                     *         "id": "local",
                     *         "username": "admin",
                     *         "role": "admin",
                     *         "created_at": 1795284000,
                     *         "disabled": false,
                     *         "password_change_required": false,
                     *         "daily_budget_usd": null,
                     *         "monthly_budget_usd": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        success: boolean;
                        user: {
                            id: string;
                            username: string;
                            /** @enum {string} */
                            role: "admin" | "user";
                            created_at?: number;
                            disabled?: boolean;
                            password_change_required?: boolean;
                            daily_budget_usd?: unknown;
                            monthly_budget_usd?: unknown;
                        };
                    };
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "disabled": true
                 *     }
                 */
                "application/json": {
                    /** @enum {string} */
                    role?: "user" | "admin";
                    disabled?: boolean;
                    password?: string;
                    /** @description US dollars by UTC day */
                    daily_budget_usd?: number;
                    /** @description US dollars by UTC month */
                    monthly_budget_usd?: number;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "success": true,
                     *       "user": {
                     *         "id": "local",
                     *         "username": "admin",
                     *         "role": "admin",
                     *         "created_at": 1795284000,
                     *         "disabled": false,
                     *         "password_change_required": false,
                     *         "daily_budget_usd": null,
                     *         "monthly_budget_usd": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        success: boolean;
                        user: {
                            id: string;
                            username: string;
                            /** @enum {string} */
                            role: "admin" | "user";
                            created_at?: number;
                            disabled?: boolean;
                            password_change_required?: boolean;
                            daily_budget_usd?: unknown;
                            monthly_budget_usd?: unknown;
                        };
                    };
                };
            };
        };
    };
    listCosts: {
        parameters: {
            query?: {
                /** @description Unix seconds; jobs made before are left out */
                since?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "users": [
                     *         {
                     *           "user_id": "local",
                     *           "username": "admin",
                     *           "total": 1.6,
                     *           "reserved": 0.8,
                     *           "completed": 2
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        users: {
                            user_id: string;
                            username?: string;
                            total: number;
                            reserved: number;
                            completed: number;
                        }[];
                    };
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: {
                kind?: "video" | "image";
                /** @description Part of the id or title */
                q?: string;
                /** @description Abilities with commas between, all of which must be there: first_frame, last_frame, references, negative_prompt, seed, audio, remix, edit, extend, upload, cancel, mask, transparent, free */
                can?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "animatic/storyboard",
                     *           "title": "Animatic, the built-in storyboard renderer",
                     *           "kinds": [
                     *             "video",
                     *             "image"
                     *           ],
                     *           "first_frame": true,
                     *           "last_frame": false,
                     *           "max_references": 0,
                     *           "negative_prompt": false,
                     *           "seed": true,
                     *           "audio": "switch",
                     *           "remix": true,
                     *           "edit": true,
                     *           "extend": true,
                     *           "cancel": true,
                     *           "price": {
                     *             "usd": 0,
                     *             "per": "job"
                     *           },
                     *           "source": "this program"
                     *         }
                     *       ],
                     *       "aliases": {
                     *         "sora-2": "animatic/storyboard"
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: {
                            id: string;
                            title: string;
                            kinds: string[];
                            durations?: unknown;
                            sizes?: unknown;
                            first_frame: boolean;
                            last_frame: boolean;
                            max_references: number;
                            negative_prompt: boolean;
                            seed: boolean;
                            audio: string;
                            remix: boolean;
                            edit: boolean;
                            extend: boolean;
                            cancel: boolean;
                            price?: unknown;
                            retires_on?: unknown;
                            source: string;
                        }[];
                        aliases: unknown;
                    };
                };
            };
        };
    };
    listUnknownJobs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "jobs": [
                     *         {
                     *           "id": "video_550e8400e29b41d4a716446655440000",
                     *           "owner": "local",
                     *           "submitted_at": 1795284100,
                     *           "prompt": "A paper boat sails down a rainy street",
                     *           "kinora": {
                     *             "stage": "submission_unknown",
                     *             "reason": "It was sent, but no answer proves what became of it.",
                     *             "provider": "xai",
                     *             "model": "xai/grok-imagine-video-1.5",
                     *             "operation": "create",
                     *             "estimated_usd": 0.4,
                     *             "charged_usd": null,
                     *             "warnings": [],
                     *             "files": []
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        jobs: {
                            id: string;
                            owner: string;
                            submitted_at: unknown;
                            prompt: string;
                            kinora: {
                                id?: string;
                                /** @enum {string} */
                                stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                                reason: string;
                                stalled?: boolean;
                                provider: string;
                                model: string;
                                operation: string;
                                seed?: number;
                                negative_prompt?: string;
                                options?: {
                                    [key: string]: string;
                                };
                                estimated_usd: unknown;
                                charged_usd: unknown;
                                warnings: string[];
                                attempts?: {
                                    model: string;
                                    at: number;
                                    code: string;
                                    message: string;
                                }[];
                                error?: {
                                    code: string;
                                    message: string;
                                    category: string;
                                    retryable: boolean;
                                    suggestion: string;
                                };
                                deduplicated?: boolean;
                                files: {
                                    variant: string;
                                    index: number;
                                    mime_type: string;
                                    bytes: number;
                                    sha256: string;
                                    width?: number;
                                    height?: number;
                                    seconds?: number;
                                    columns?: number;
                                    rows?: number;
                                }[];
                            };
                        }[];
                    };
                };
            };
        };
    };
    resolveUnknownJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "lost": true
                 *     }
                 */
                "application/json": {
                    /** @default false */
                    lost?: boolean;
                    remote_id?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "video_550e8400e29b41d4a716446655440000",
                     *       "owner": "local",
                     *       "submitted_at": 1795284100,
                     *       "prompt": "A paper boat sails down a rainy street",
                     *       "kinora": {
                     *         "stage": "submission_unknown",
                     *         "reason": "It was sent, but no answer proves what became of it.",
                     *         "provider": "xai",
                     *         "model": "xai/grok-imagine-video-1.5",
                     *         "operation": "create",
                     *         "estimated_usd": 0.4,
                     *         "charged_usd": null,
                     *         "warnings": [],
                     *         "files": []
                     *       }
                     *     }
                     */
                    "application/json": {
                        id: string;
                        owner: string;
                        submitted_at: unknown;
                        prompt: string;
                        kinora: {
                            id?: string;
                            /** @enum {string} */
                            stage: "queued" | "submitting" | "running" | "collecting" | "completed" | "failed" | "cancelled" | "expired" | "submission_unknown";
                            reason: string;
                            stalled?: boolean;
                            provider: string;
                            model: string;
                            operation: string;
                            seed?: number;
                            negative_prompt?: string;
                            options?: {
                                [key: string]: string;
                            };
                            estimated_usd: unknown;
                            charged_usd: unknown;
                            warnings: string[];
                            attempts?: {
                                model: string;
                                at: number;
                                code: string;
                                message: string;
                            }[];
                            error?: {
                                code: string;
                                message: string;
                                category: string;
                                retryable: boolean;
                                suggestion: string;
                            };
                            deduplicated?: boolean;
                            files: {
                                variant: string;
                                index: number;
                                mime_type: string;
                                bytes: number;
                                sha256: string;
                                width?: number;
                                height?: number;
                                seconds?: number;
                                columns?: number;
                                rows?: number;
                            }[];
                        };
                    };
                };
            };
        };
    };
}
