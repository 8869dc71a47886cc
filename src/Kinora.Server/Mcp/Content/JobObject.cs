using System.Text.Json;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Mcp.Content;

/// <summary>A job as the object of its kind.</summary>
internal static class JobObject
{
    public static void Write(Utf8JsonWriter json, Job job)
    {
        if (job.Kind == MediaKind.Image)
        {
            ImageObject.Write(json, job, paths: null);
        }
        else
        {
            VideoObject.Write(json, job);
        }
    }
}
