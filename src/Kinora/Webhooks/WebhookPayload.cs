using System.Buffers;
using System.Text;
using System.Text.Json;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Webhooks;

/// <summary>
/// What is sent, in OpenAI's shape (https://developers.openai.com/api/docs/guides/webhooks, read 2026-11-21): ids only, no prompt, no link. Extra facts are
/// under the one key <c>kinora</c>.
/// </summary>
internal static class WebhookPayload
{
    /// <param name="id"><c>evt_…</c>: of the event, the same for every webhook.</param>
    public static string Of(string id, JobEnd end) => Write(json =>
    {
        Begin(json, id, WebhookEvents.Of(end.Kind, end.Status), end.At);
        Data(json, $"{end.Kind.Word()}_{end.JobId.Hex}");
        json.WriteStartObject("kinora");
        json.WriteString("status", end.Status.PublicWord());
        json.WriteString(end.Kind.Word() + "_id", end.JobId.Uuid);
        if (end.Status != JobStatus.Completed)
        {
            json.WriteStartObject("error");
            json.WriteString("code", end.ErrorCode ?? ErrorCodes.Internal);
            json.WriteString("message", end.Reason ?? "");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    });

    public static string Test(string id, string endpointId, DateTimeOffset at) => Write(json =>
    {
        Begin(json, id, WebhookEvents.Test, at);
        Data(json, endpointId);
    });

    private static void Begin(Utf8JsonWriter json, string id, string type, DateTimeOffset at)
    {
        json.WriteString("id", id);
        json.WriteString("object", "event");
        json.WriteString("type", type);
        json.WriteNumber("created_at", at.ToUnixTimeSeconds());
    }

    private static void Data(Utf8JsonWriter json, string id)
    {
        json.WriteStartObject("data");
        json.WriteString("id", id);
        json.WriteEndObject();
    }

    private static string Write(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
