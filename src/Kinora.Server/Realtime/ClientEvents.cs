using System.Text.Json;
using Kinora.Errors;
using Kinora.Jobs;

namespace Kinora.Server.Realtime;

/// <summary>What clients may say: <c>request_video_status {video_id}</c>.</summary>
internal static class ClientEvents
{
    private const string StatusRequest = "request_video_status";

    /// <summary>An event of a client. Unknown ones are left alone, as any server does that has no listener for them.</summary>
    public static void Hear(FeedMember member, SocketPacket packet)
    {
        if (packet.Json[0].ValueKind != JsonValueKind.String || !packet.Json[0].ValueEquals(StatusRequest))
        {
            return;
        }

        var asked = packet.Json.GetArrayLength() > 1 ? packet.Json[1] : default;
        if (asked.ValueKind != JsonValueKind.Object || !asked.TryGetProperty("video_id", out var id) || id.ValueKind != JsonValueKind.String)
        {
            Refuse(member, packet.AckId, "video_id is required", ErrorCodes.InvalidRequest);
        }
        else if (!JobId.TryParse(id.GetString(), out var job))
        {
            NotFound(member, packet.AckId);
        }
        else
        {
            member.Feed.Ask(member, job, packet.AckId);
        }
    }

    /// <summary>Unknown ids and those of others: the same answer, and only to who wants one.</summary>
    public static void NotFound(FeedMember member, string? ackId) => Refuse(member, ackId, "Video not found", ErrorCodes.NotFound);

    private static void Refuse(FeedMember member, string? ackId, string error, string code)
    {
        if (ackId is not null)
        {
            member.Socket.Send(SocketPacket.Ack(ackId, json =>
            {
                json.WriteStartObject();
                json.WriteString("error", error);
                json.WriteString("code", code);
                json.WriteEndObject();
            }));
        }
    }
}
