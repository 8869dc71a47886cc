using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Api;
using Kinora.Server.Schema;
using static Kinora.Errors.ErrorCodes;

namespace Kinora.Server.Gateway;

/// <summary>
/// OpenAI's words for what goes wrong: <c>{"error":{"message","type","param","code"}}</c>, all four always there (openai-openapi 2.3.0, schema <c>Error</c>). Its clients
/// choose the class of their exception by the status alone, and send a request again on 408, 409, 429 and 5xx unless <c>x-should-retry</c> forbids it.
/// </summary>
internal sealed class OpenAiStyle : ApiStyle
{
    /// <summary>Failed Dependency: the fault lies behind this server.</summary>
    private const int ProviderFault = StatusCodes.Status424FailedDependency;

    /// <summary>
    /// Of jobs that ended without a result, told in place of one. A provider may have been paid, so none is a status after which clients send the request again by
    /// themselves: npm ai and the .NET client do so on every 5xx, whatever <c>x-should-retry</c> says (both measured, 2026-11).
    /// </summary>
    private static readonly Dictionary<string, int> _ends = new(StringComparer.Ordinal)
    {
        [ContentPolicy] = 400,
        [ProviderRefused] = 400,
        [ProviderGone] = 400,
        [Cancelled] = 400,
        [JobSetAside] = ProviderFault,
        [RenderFailed] = ProviderFault,
        [ProviderFailed] = ProviderFault,
        [ProviderUnreachable] = ProviderFault,
        [ProviderNotAllowed] = ProviderFault,
        [AuthRequired] = ProviderFault,
        [ProviderQuota] = ProviderFault,
        [SubmissionUnknown] = ProviderFault,
        [RemoteLost] = ProviderFault,
        [AssetInvalid] = ProviderFault,
        [AssetExpired] = ProviderFault,
        [Expired] = ProviderFault,
    };

    /// <summary>Where the status is another than the platform's: a definite refusal is no 409, which would be sent again.</summary>
    private static readonly Dictionary<string, int> _statuses = new(StringComparer.Ordinal)
    {
        [ModelNotFound] = 404,
        [NotReady] = 404,
        [NotTerminal] = 400,
        [LimitReached] = 400,
        [BodyUnreadable] = 400,
        [InvalidImage] = 400,
        [InvalidVideo] = 400,
        [ImageTooLarge] = 400,
        [StorageFull] = 503,
    };

    private static readonly Dictionary<string, string> _codes = new(StringComparer.Ordinal)
    {
        [Unauthenticated] = "invalid_api_key",
        [ScopeMissing] = "insufficient_scope",
        [RoleMissing] = "insufficient_scope",
        [RateLimited] = "rate_limit_exceeded",
    };

    private readonly string _what;

    /// <summary>Fields under the names that this API has for them.</summary>
    private readonly Dictionary<string, string> _fields;

    /// <param name="what">What its operations are about, for codes.</param>
    private OpenAiStyle(string what, params (string Ours, string Theirs)[] fields)
    {
        _what = what;
        _fields = fields.Append(("idempotency_key", "Idempotency-Key")).ToDictionary(f => f.Item1, f => f.Item2, StringComparer.Ordinal);
    }

    public static OpenAiStyle Instance { get; } = new("video", ("reference", "input_reference"), ("references", "characters"), ("id", "video"));

    /// <summary>Of operations whose answer is the picture.</summary>
    public static OpenAiStyle Images { get; } = new("image", ("references", "image"), ("count", "n"), ("format", "output_format")) { Waits = true };

    public static OpenAiStyle Responses { get; } = new("response") { Waits = true };

    /// <summary>The codes of jobs that ended without a result.</summary>
    public static IReadOnlyCollection<string> Ends => _ends.Keys;

    /// <summary>Its operations answer when the job is at its end, so one that is not there yet is a server that took too long: sent again, the request waits on.</summary>
    private bool Waits { get; init; }

    public override string ErrorName => "OpenAiError";

    public override Shape ErrorShape { get; } = Shape.Object(
        ("error", Shape.Object(("message", Shape.Text), ("type", Shape.Text), ("param", Shape.Anything), ("code", Shape.Anything))));

    public override int StatusOf(string code) =>
        Waits && code == NotReady ? 504
        : Waits && code == AssetMissing ? ProviderFault
        : _statuses.TryGetValue(code, out var status) || _ends.TryGetValue(code, out status) ? status
        : ApiErrors.StatusOf(code);

    /// <summary>A fault of a field is one of the request, also where the same code alone would be about what the address names.</summary>
    public override int StatusOf(KinoraException fault) => fault is { Faults.Count: > 0, Code: NotReady } || IsLostTurn(fault) ? 400 : StatusOf(fault.Code);

    public override void AddHeaders(HttpContext context) => context.Response.Headers["x-request-id"] = ApiJson.RequestId(context);

    /// <summary>Some of these statuses make clients send the request again; where that cannot help, or might pay twice, they are told not to.</summary>
    public override void AddHeaders(HttpContext context, KinoraException fault)
    {
        if (!Recovery.Of(fault.Code).Retryable || _ends.ContainsKey(fault.Code))
        {
            context.Response.Headers["x-should-retry"] = "false";
        }
    }

    public override void Write(Utf8JsonWriter json, KinoraException fault, string requestId)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        WriteFields(json, fault);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>What is said of a fault, without the object around it.</summary>
    public void WriteFields(Utf8JsonWriter json, KinoraException fault)
    {
        var first = fault.Faults.Count > 0 ? fault.Faults[0] : null;
        var status = StatusOf(fault);
        json.WriteString("message", fault.Message.ReplaceLineEndings("\n"));
        json.WriteString("type", status switch { 402 => "insufficient_quota", 403 => "permission_error", 429 => "rate_limit_error", >= 500 => "server_error", _ => "invalid_request_error" });
        json.WriteString("param", first is null ? null : first.Unknown ?? _fields.GetValueOrDefault(first.Field, first.Field));
        json.WriteString("code", IsLostTurn(fault) ? "previous_response_not_found" : status >= 500 && !OfJob(fault.Code) ? null : CodeOf(fault.Code, first?.Kind));
    }

    /// <summary>What the original answers to an id to go on from that nobody has.</summary>
    private static bool IsLostTurn(KinoraException fault) => fault is { Code: NotFound, Faults: [{ Field: "previous_response_id" }, ..] };

    private bool OfJob(string code) => _ends.ContainsKey(code) || (Waits && code is NotReady or AssetMissing);

    private string CodeOf(string code, FaultKind? kind) => (code, kind) switch
    {
        (InvalidRequest, FaultKind.Missing) => "missing_required_parameter",
        (InvalidRequest, FaultKind.Type) => "invalid_type",
        (InvalidRequest, FaultKind.Unknown) => "unknown_parameter",
        (InvalidRequest, FaultKind.Value) => "invalid_value",
        (NotReady or NotTerminal, _) => $"{_what}_{code}",
        _ => _codes.GetValueOrDefault(code, code),
    };
}
