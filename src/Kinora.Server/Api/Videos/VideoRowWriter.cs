using System.Text.Json;
using Kinora.Jobs;
using Kinora.Server.Realtime;

namespace Kinora.Server.Api.Videos;

/// <summary>The same row over sockets as over REST.</summary>
internal sealed class VideoRowWriter : IVideoRowWriter
{
    public void Write(Utf8JsonWriter json, Job job) => VideoRow.Write(json, job);
}
