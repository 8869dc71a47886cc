using System.Text.Json;
using Kinora.Jobs;

namespace Kinora.Server.Realtime;

/// <summary>A video as REST shows it.</summary>
internal interface IVideoRowWriter
{
    /// <summary>Writes one object.</summary>
    void Write(Utf8JsonWriter json, Job job);
}
