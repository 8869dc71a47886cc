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
    /// <summary>Fields under the names that this API has for them.</summary>
    private static readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal)
    {
        ["reference"] = "input_reference",
        ["references"] = "characters",
        ["id"] = "video",
        ["idempotency_key"] = "Idempotency-Key",
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
        [NotReady] = "video_not_ready",
        [NotTerminal] = "video_not_terminal",
        [RateLimited] = "rate_limit_exceeded",
    };

    private OpenAiStyle()
    {
    }

    public static OpenAiStyle Instance { get; } = new();

    public override string ErrorName => "OpenAiError";

    public override Shape ErrorShape { get; } = Shape.Object(
        ("error", Shape.Object(("message", Shape.Text), ("type", Shape.Text), ("param", Shape.Anything), ("code", Shape.Anything))));

    public override int StatusOf(string code) => _statuses.TryGetValue(code, out var status) ? status : ApiErrors.StatusOf(code);

    /// <summary>A fault of a field is one of the request, also where the same code alone would be about what the address names.</summary>
    public override int StatusOf(KinoraException fault) => fault is { Faults.Count: > 0, Code: NotReady } ? 400 : StatusOf(fault.Code);

    public override void AddHeaders(HttpContext context) => context.Response.Headers["x-request-id"] = ApiJson.RequestId(context);

    /// <summary>Some of these statuses make clients send the request again; where that cannot help, or might pay twice, they are told not to.</summary>
    public override void AddHeaders(HttpContext context, KinoraException fault)
    {
        if (!Recovery.Of(fault.Code).Retryable)
        {
            context.Response.Headers["x-should-retry"] = "false";
        }
    }

    public override void Write(Utf8JsonWriter json, KinoraException fault, string requestId)
    {
        var first = fault.Faults.Count > 0 ? fault.Faults[0] : null;
        var status = StatusOf(fault);
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", fault.Message.ReplaceLineEndings("\n"));
        json.WriteString("type", status switch { 402 => "insufficient_quota", 403 => "permission_error", 429 => "rate_limit_error", >= 500 => "server_error", _ => "invalid_request_error" });
        json.WriteString("param", first is null ? null : first.Unknown ?? _fields.GetValueOrDefault(first.Field, first.Field));
        json.WriteString("code", status >= 500 ? null : CodeOf(fault.Code, first?.Kind));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string CodeOf(string code, FaultKind? kind) => (code, kind) switch
    {
        (InvalidRequest, FaultKind.Missing) => "missing_required_parameter",
        (InvalidRequest, FaultKind.Type) => "invalid_type",
        (InvalidRequest, FaultKind.Unknown) => "unknown_parameter",
        (InvalidRequest, FaultKind.Value) => "invalid_value",
        _ => _codes.GetValueOrDefault(code, code),
    };
}
