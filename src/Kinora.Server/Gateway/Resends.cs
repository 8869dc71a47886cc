using System.Globalization;
using Kinora.Generation;
using Kinora.Server.Api;
using Microsoft.Net.Http.Headers;

namespace Kinora.Server.Gateway;

/// <summary>
/// How a request is known to be sent again. OpenAI's clients send a create again by themselves after a lost answer, without an idempotency key: those made by
/// Stainless (Node.js, Python and others) count their attempts in a header and write the body anew; the .NET client sends the very same bytes, and says nothing.
/// </summary>
internal static class Resends
{
    private const string Attempt = "X-Stainless-Retry-Count";

    public static GenerationDraft Mark(ApiCall call, GenerationDraft draft) => draft with
    {
        IdempotencyKey = call.IdempotencyKey ?? KeyOfBody(call.Context.Request),
        MergeRepeats = IsDotnetClient(call.Context.Request),
        Resent = int.TryParse(call.Context.Request.Headers[Attempt].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt) && attempt > 0,
    };

    /// <summary>
    /// Its JSON bodies (a remix) show nothing by which the same again could be told from the same once more. As on MCP, what is asked again while it is being made is
    /// that job: two that are wanted at once take keys.
    /// </summary>
    private static bool IsDotnetClient(HttpRequest request) =>
        request.Headers.UserAgent.ToString() is var agent && agent.StartsWith("OpenAI/", StringComparison.Ordinal) && agent.Contains(".NET", StringComparison.Ordinal) && KeyOfBody(request) is null;

    /// <summary>.NET puts a new GUID between the parts of each form it builds, so the same one again is the same body again.</summary>
    private static string? KeyOfBody(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && Guid.TryParseExact(HeaderUtilities.RemoveQuotes(type.Boundary).Value, "D", out var form)
            ? $"form:{form:D}"
            : null;
}
