using Kinora.Errors;
using Kinora.Server.Schema;

namespace Kinora.Server.Api;

/// <summary>Who may call an operation.</summary>
internal enum ApiAccess
{
    Anybody,

    /// <summary>Whoever signed in with a password; no API key.</summary>
    SignedIn,

    /// <summary>Scope <c>read</c>.</summary>
    Read,

    /// <summary>Scope <c>create</c>.</summary>
    Create,

    /// <summary>Scope <c>admin</c>.</summary>
    Admin,
}

/// <summary>
/// One operation of the REST API. Routing, checks, the OpenAPI document, the page at <c>/docs</c> and the ownership matrix of the tests are all made from
/// these records, so that none of them can forget one.
/// </summary>
/// <param name="Path">As routes are written: <c>/api/videos/{id}</c>, or <c>{**id}</c> where an id may hold slashes.</param>
/// <param name="Name">The operation's id for generated clients, e.g. <c>createVideo</c>.</param>
/// <param name="Summary">One line.</param>
internal sealed record ApiOperation(string Method, string Path, string Name, string Summary, Func<ApiCall, Task> Run)
{
    /// <summary>The path as documents write it.</summary>
    public string Address => Path.Replace("{**", "{", StringComparison.Ordinal);

    /// <summary>The section it stands in.</summary>
    public required string Tag { get; init; }

    public required ApiAccess Access { get; init; }

    public ApiStyle Style { get; init; } = ApiStyle.Platform;

    /// <summary>More than the summary says, where there is something to know.</summary>
    public string? About { get; init; }

    public IReadOnlyList<Param> Query { get; init; } = [];

    public ApiBody? Body { get; init; }

    public required ApiAnswer Answer { get; init; }

    /// <summary>Codes of its own refusals; those that every operation may give are added.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>It makes a job, so it takes <c>Idempotency-Key</c> and counts towards the rate of creates.</summary>
    public bool StartsJob { get; init; }

    /// <summary>Allowed too to somebody who still has to choose a password.</summary>
    public bool BeforePassword { get; init; }

    /// <summary>Whatever name it was reached by: what watches over servers asks each by its address. Only for what tells nothing of anybody.</summary>
    public bool AnyHost { get; init; }

    /// <summary>Every code it may answer with.</summary>
    public IReadOnlyList<string> AllErrors =>
    [
        .. Errors,
        ErrorCodes.InvalidRequest,
        .. Body is null ? (string[])[] : [ErrorCodes.BodyTooLarge, ErrorCodes.BodyUnreadable],
        .. Access == ApiAccess.Anybody ? (string[])[] : [ErrorCodes.Unauthenticated, ErrorCodes.PasswordChangeRequired],
        .. Access switch { ApiAccess.Admin => [ErrorCodes.RoleMissing, ErrorCodes.ScopeMissing], ApiAccess.Anybody => [], _ => (string[])[ErrorCodes.ScopeMissing] },
        .. StartsJob ? (string[])[ErrorCodes.IdempotencyKeyReused, ErrorCodes.BudgetExceeded, ErrorCodes.ModelNotFound, ErrorCodes.UnsupportedByModel, ErrorCodes.StorageFull] : [],
        // Whoever keeps or reads files may find their store away.
        .. StartsJob || Errors.Contains(ErrorCodes.AssetMissing) ? (string[])[ErrorCodes.StorageUnavailable] : [],
        ErrorCodes.HostRefused, ErrorCodes.RateLimited, ErrorCodes.DatabaseBusy, ErrorCodes.Internal,
    ];
}

/// <summary>What an operation reads: JSON always; forms where people send files or the original's clients do.</summary>
internal sealed record ApiBody(params IReadOnlyList<Param> Fields)
{
    public IReadOnlyList<ApiFile> Files { get; init; } = [];

    /// <summary>URL-encoded and multipart forms are read too.</summary>
    public bool Form { get; init; }

    /// <summary>Names of fields and files of which at most one may be given.</summary>
    public IReadOnlyList<string> OnlyOneOf { get; init; } = [];

    /// <summary>Most bytes of a body of JSON.</summary>
    public int MaxJsonBytes { get; init; } = 16 << 20;

    /// <summary>Most bytes of a field of a form.</summary>
    public int MaxFieldBytes { get; init; } = 512 << 10;

    /// <summary>A body that works, as JSON; the fields of it where a file must come too.</summary>
    public required string Example { get; init; }
}

/// <summary>A file in a multipart form.</summary>
/// <param name="Most">How many parts may bear the name.</param>
internal sealed record ApiFile(string Name, int Most, string About)
{
    /// <summary>A file of so many bytes is cut off; unset: of pictures, one more than the importer takes, which refuses that one with its own words.</summary>
    public long MaxBytes { get; init; } = References.ReferenceImporter.MaxBytes + 1;

    /// <summary>Nothing goes without it, so the body must be a multipart form.</summary>
    public bool Required { get; init; }

    /// <summary>What it may be, for people.</summary>
    public string Kinds { get; init; } = "PNG, JPEG or WebP, up to 25 MB";
}

/// <summary>What a success looks like.</summary>
/// <param name="Example">JSON; empty for files.</param>
internal sealed record ApiAnswer(Shape? Shape, string Example)
{
    public string ContentType { get; init; } = "application/json";

    /// <summary>The bytes of a file, whose type may differ.</summary>
    public static ApiAnswer File { get; } = new(null, "") { ContentType = "*/*" };
}
