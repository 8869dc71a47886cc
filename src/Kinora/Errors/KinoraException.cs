namespace Kinora.Errors;

/// <summary>A refusal or fault that the caller can understand and act on. Doors map it once; anything else becomes a neutral sentence.</summary>
/// <param name="code">One of <see cref="ErrorCodes"/>.</param>
/// <param name="publicText">What happened and what to do. Shown to callers: no path of ours, key or prompt in it.</param>
/// <param name="detail">For the log only.</param>
public sealed class KinoraException(string code, string publicText, string? detail = null, Exception? inner = null)
    : Exception(publicText, inner)
{
    public string Code { get; } = code;

    public string? Detail { get; } = detail;

    /// <summary>Every fault of one request, when there are several; empty otherwise.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Of <c>rate_limited</c>: after how many seconds the same call is allowed again, where that is known.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>One refusal that names all faults of a request at once.</summary>
    public static KinoraException Invalid(IReadOnlyList<Fault> faults) =>
        new(faults.Count > 0 ? faults[0].Code : ErrorCodes.InvalidRequest, string.Join(Environment.NewLine, faults.Select(f => f.Text)))
        {
            Faults = faults,
        };

    public static KinoraException NotFound(string what) =>
        new(ErrorCodes.NotFound, $"There is no {what} with that id.");
}

/// <summary>One fault of a request: which field, what is wrong, what is allowed and what was asked.</summary>
public sealed record Fault(string Field, string Text, string Code = ErrorCodes.InvalidRequest)
{
    public FaultKind Kind { get; init; }

    /// <summary>Of <see cref="FaultKind.Unknown"/>: the name that nobody knows, as it was given.</summary>
    public string? Unknown { get; init; }
}

/// <summary>In what way a field is wrong, for doors whose words tell these apart.</summary>
public enum FaultKind
{
    /// <summary>Its value is not allowed.</summary>
    Value,

    /// <summary>It is not there and must be.</summary>
    Missing,

    /// <summary>It is of another JSON type.</summary>
    Type,

    /// <summary>There is no such field.</summary>
    Unknown,
}
