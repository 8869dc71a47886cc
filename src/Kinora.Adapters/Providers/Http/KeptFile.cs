using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Kinora.Adapters.Providers.Http;

/// <summary>Something that a server said, kept on disk. Losing it costs nothing but asking again, so no fault of the file is one of the caller.</summary>
/// <param name="path">Null: nothing is kept.</param>
internal sealed class KeptFile<T>(string? path, JsonTypeInfo<T> type)
    where T : class
{
    /// <summary>Null when there is none, or none that makes sense.</summary>
    public T? Read()
    {
        try
        {
            return path is null || !File.Exists(path) ? null : JsonSerializer.Deserialize(File.ReadAllBytes(path), type);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Beside its name first: a restart must not find half a file.</summary>
    public void Write(T value)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            var part = $"{path}.{Guid.NewGuid():N}.part";
            File.WriteAllBytes(part, JsonSerializer.SerializeToUtf8Bytes(value, type));
            File.Move(part, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
