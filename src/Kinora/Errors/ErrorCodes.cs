namespace Kinora.Errors;

/// <summary>The words for what went wrong: of a refused request, and of a failed job (<c>error.code</c>). Stable: programs compare them. What to do about each: <see cref="Recovery"/>.</summary>
public static class ErrorCodes
{
    // A request refused before anything was stored or paid.
    public const string InvalidRequest = "invalid_request";
    public const string UnsupportedByModel = "unsupported_by_model";
    public const string ModelNotFound = "model_not_found";
    public const string NotFound = "not_found";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string ScopeMissing = "scope_missing";
    public const string Unauthenticated = "unauthenticated";
    public const string InvalidCredentials = "invalid_credentials";
    public const string RoleMissing = "role_missing";
    public const string PasswordChangeRequired = "password_change_required";
    public const string UserExists = "user_exists";
    public const string HostRefused = "host_refused";
    public const string BodyTooLarge = "body_too_large";
    public const string BodyUnreadable = "body_unreadable";
    public const string BudgetExceeded = "budget_exceeded";
    public const string LimitReached = "limit_reached";
    public const string RateLimited = "rate_limited";
    public const string NotReady = "not_ready";
    public const string NotTerminal = "not_terminal";
    public const string InvalidImage = "invalid_image";
    public const string ImageTooLarge = "image_too_large";
    public const string InvalidVideo = "invalid_video";
    public const string ConfigurationInvalid = "configuration_invalid";
    public const string OutputNotWritable = "output_not_writable";
    public const string InvalidFileName = "invalid_file_name";
    public const string FileNotFound = "file_not_found";
    public const string FileExists = "file_exists";
    public const string FolderUnusable = "folder_unusable";
    public const string UrlRefused = "url_refused";
    public const string UrlFailed = "url_failed";
    public const string SessionNotFound = "session_not_found";
    public const string SessionClosed = "session_closed";
    public const string SessionExpired = "session_expired";
    public const string MetadataMissing = "metadata_missing";
    public const string MetadataUnreadable = "metadata_unreadable";
    public const string MetadataIncomplete = "metadata_incomplete";
    public const string MediaToolMissing = "media_tool_missing";
    public const string StorageFull = "storage_full";
    public const string StorageUnavailable = "storage_unavailable";
    public const string StorageDamaged = "storage_damaged";
    public const string DatabaseBusy = "database_busy";
    public const string DatabaseUnusable = "database_unusable";

    // A job that ended without a result.
    public const string Cancelled = "cancelled";
    public const string Expired = "expired";
    public const string SubmissionUnknown = "submission_unknown";
    public const string ProviderRefused = "provider_refused";
    public const string ProviderFailed = "provider_error";
    public const string ProviderUnreachable = "provider_unreachable";
    public const string ProviderGone = "provider_gone";
    public const string AuthRequired = "auth_required";
    public const string ProviderNotAllowed = "provider_not_allowed";
    public const string ProviderQuota = "provider_quota";
    public const string ContentPolicy = "content_policy";
    public const string RemoteLost = "remote_lost";
    public const string AssetMissing = "asset_missing";
    public const string AssetInvalid = "asset_invalid";
    public const string AssetExpired = "asset_expired";
    public const string RenderFailed = "render_failed";
    public const string JobSetAside = "job_set_aside";

    // A fault that nobody foresaw.
    public const string Internal = "internal";
}
