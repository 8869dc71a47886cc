using System.Text.Json;
using Kinora.Adapters.Providers.Http;
using Kinora.Adapters.Providers.Tasks;
using Kinora.Errors;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Fal;

/// <summary>
/// Reads the end of a job that the queue calls COMPLETED and that has no result. Two forms (https://fal.ai/docs/documentation/model-apis/errors and
/// …/request-errors, read 2026-11-22): a model's list of faults, and the platform's <c>error_type</c>. Any other answer says nothing about the job: it is a fault of
/// the moment, and the paid result is asked for again.
/// </summary>
internal static class FalFault
{
    /// <param name="names">What the model calls its inputs; null when not known.</param>
    /// <returns>Null when the answer proves no end.</returns>
    public static CheckOutcome.Failed? Read(string name, Redactor redactor, ApiReply reply, InputNames? names)
    {
        if (reply is { Code: 401 or 403 or 404 or 408 or 410 or 429 } || reply.Read(FalJson.Default.WireFault) is not { } fault)
        {
            return null;
        }

        return fault.Detail.ValueKind switch
        {
            JsonValueKind.Array when Details(fault.Detail) is { Count: > 0 } details => OfModel(name, redactor, reply, details, names),
            JsonValueKind.String when fault.ErrorType is { Length: > 0 } type => OfPlatform(name, redactor, type, fault.Detail.GetString()),
            // Models that do not follow the form yet. Another status with mere words may be "not yet".
            JsonValueKind.String when reply.Code == 422 => OfPlatform(name, redactor, "", fault.Detail.GetString()),
            _ => null,
        };
    }

    /// <param name="type">The platform's word: <c>request_timeout</c>, <c>runner_disconnected</c>.</param>
    public static CheckOutcome.Failed OfPlatform(string name, Redactor redactor, string type, string? words)
    {
        var state = type switch
        {
            "request_timeout" or "startup_timeout" => RemoteState.Expired,
            "client_cancelled" => RemoteState.Cancelled,
            _ => RemoteState.Failed,
        };
        return RemoteEnd.Read(name, redactor, state, new ProviderError(type, words is { Length: > 0 } ? words : type));
    }

    private static CheckOutcome.Failed OfModel(string name, Redactor redactor, ApiReply reply, List<WireDetail> details, InputNames? names)
    {
        var text = redactor.Clean(string.Join("; ", details.Take(5).Select(detail => Say(detail, names)))).TrimEnd('.');
        var error = new ProviderError(string.Join(' ', details.Select(detail => detail.Type).OfType<string>()).ToLowerInvariant(), text);
        return reply.Code is 400 or 422
            ? new CheckOutcome.Failed(error.ToCode(ErrorCodes.ProviderRefused), $"{name} says that the request is invalid: {text}.")
            : new CheckOutcome.Failed(error.ToCode(ErrorCodes.ProviderFailed), $"{name}: {text}.");
    }

    // "seconds: Input should be '5' or '10'": the field by our name where it is one of ours, else by theirs.
    private static string Say(WireDetail detail, InputNames? names)
    {
        var field = detail.Loc?.Select(step => step.ToString()).FirstOrDefault(step => step is not "body");
        var words = detail.Msg is { Length: > 0 } message ? message : detail.Type ?? "";
        return field is null ? words : $"{names?.Ours(field) ?? field}: {words}";
    }

    private static List<WireDetail> Details(JsonElement list)
    {
        try
        {
            return [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(item => item.Deserialize(FalJson.Default.WireDetail)).OfType<WireDetail>()];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
