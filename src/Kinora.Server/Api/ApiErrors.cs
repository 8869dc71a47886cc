using System.Globalization;
using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Commands;
using static Kinora.Errors.ErrorCodes;

namespace Kinora.Server.Api;

/// <summary>Where faults become answers: of the platform <c>{"error", "code", "request_id", …}</c>, else as its <see cref="ApiStyle"/> has it.</summary>
internal static partial class ApiErrors
{
    /// <summary>The statuses of codes; 400 for all others that a request can meet.</summary>
    private static readonly Dictionary<string, int> _statuses = new(StringComparer.Ordinal)
    {
        [Unauthenticated] = 401,
        [InvalidCredentials] = 401,
        [BudgetExceeded] = 402,
        [ScopeMissing] = 403,
        [RoleMissing] = 403,
        [PasswordChangeRequired] = 403,
        [HostRefused] = 403,
        [NotFound] = 404,
        [ErrorCodes.FileNotFound] = 404,
        [SessionNotFound] = 404,
        [AssetMissing] = 404,
        [UserExists] = 409,
        [NotTerminal] = 409,
        [FileExists] = 409,
        [LimitReached] = 409,
        [SessionClosed] = 409,
        [SessionExpired] = 409,
        [ImageTooLarge] = 413,
        [BodyTooLarge] = 413,
        [InvalidImage] = 415,
        [InvalidVideo] = 415,
        [BodyUnreadable] = 415,
        [IdempotencyKeyReused] = 422,
        [RateLimited] = 429,
        [Internal] = 500,
        [StorageDamaged] = 500,
        [ConfigurationInvalid] = 500,
        [DatabaseBusy] = 503,
        [DatabaseUnusable] = 503,
        [StorageUnavailable] = 503,
        [FolderUnusable] = 503,
        [OutputNotWritable] = 503,
        [MediaToolMissing] = 503,
        [StorageFull] = 507,
    };

    public static int StatusOf(string code) => _statuses.GetValueOrDefault(code, 400);

    /// <summary>Answers with a fault, unless an answer has begun: then the connection is cut, so that no half answer looks whole.</summary>
    public static async Task WriteAsync(HttpContext context, Exception fault, ApiStyle style, ILogger log)
    {
        var known = fault as KinoraException ?? Unexpected(fault, context, log);
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var status = style.StatusOf(known);
        context.Response.Clear();
        style.AddHeaders(context);
        style.AddHeaders(context, known);
        if (status == 401)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"kinora\"";
        }

        if (known.RetryAfterSeconds is { } wait)
        {
            context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        }
        else if (status == 503)
        {
            context.Response.Headers.RetryAfter = "2";
        }

        await ApiJson.WriteAsync(context, status, json => style.Write(json, known, ApiJson.RequestId(context)));
    }

    public static void Write(Utf8JsonWriter json, KinoraException fault, string requestId)
    {
        json.WriteStartObject();
        json.WriteString("error", fault.Message.ReplaceLineEndings("\n"));
        json.WriteString("code", fault.Code);
        json.WriteString("request_id", requestId);
        CliContext.WriteRecovery(json, fault.Code);
        if (fault.Faults.Count > 0)
        {
            json.WriteStartArray("faults");
            foreach (var part in fault.Faults)
            {
                json.WriteStartObject();
                json.WriteString("field", part.Field);
                json.WriteString("code", part.Code);
                json.WriteString("message", part.Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static KinoraException Unexpected(Exception fault, HttpContext context, ILogger log)
    {
        if (fault is BadHttpRequestException bad)
        {
            return bad.StatusCode == 413
                ? new KinoraException(BodyTooLarge, "The body is larger than is allowed here.", bad.Message)
                : new KinoraException(InvalidRequest, "The request could not be read to its end.", bad.Message);
        }

        UnexpectedFault(log, context.TraceIdentifier, fault);
        return new KinoraException(Internal, "Something went wrong inside Kinora; its log tells more under the request id. Nothing is lost: look how things stand before creating again.");
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Request {TraceIdentifier} failed unexpectedly")]
    private static partial void UnexpectedFault(ILogger log, string traceIdentifier, Exception fault);
}
