using System.Text.Json;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Realtime;

/// <summary>The events that tell about jobs: <c>video_update {video_id, updates}</c> and <c>image_update {image_id, updates}</c>.</summary>
internal static class JobMessage
{
    /// <summary>What changed.</summary>
    public static byte[] Changed(JobId id, JobState now, JobState before) => SocketPacket.Event(Name(now.Kind), json =>
    {
        Begin(json, id, now.Kind);
        now.Write(json, before);
        json.WriteEndObject();
    });

    /// <summary>All of it; of a video its row, too.</summary>
    public static byte[] Whole(Job job, IVideoRowWriter rows) => SocketPacket.Event(Name(job.Kind), json => WriteWhole(json, job, rows));

    public static void WriteWhole(Utf8JsonWriter json, Job job, IVideoRowWriter rows)
    {
        Begin(json, job.Id, job.Kind);
        JobState.Of(job).Write(json, before: null);
        if (job.Kind == MediaKind.Video)
        {
            json.WritePropertyName("video");
            rows.Write(json, job);
        }

        json.WriteEndObject();
    }

    public static byte[] Deleted(JobId id, MediaKind kind) => SocketPacket.Event(Name(kind), json =>
    {
        Begin(json, id, kind);
        json.WriteStartObject();
        json.WriteString("status", "deleted");
        json.WriteEndObject();
        json.WriteBoolean("deleted", true);
        json.WriteEndObject();
    });

    private static string Name(MediaKind kind) => kind.Word() + "_update";

    private static void Begin(Utf8JsonWriter json, JobId id, MediaKind kind)
    {
        json.WriteStartObject();
        json.WriteString(kind.Word() + "_id", id.Uuid);
        json.WritePropertyName("updates");
    }
}
