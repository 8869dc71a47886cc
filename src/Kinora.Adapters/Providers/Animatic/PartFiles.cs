namespace Kinora.Adapters.Providers.Animatic;

/// <summary>Unfinished files beside an output, under names no one else has; what is left of them goes with the render.</summary>
internal sealed class PartFiles(string output) : IDisposable
{
    private readonly string _stem = $"{output}.{Guid.NewGuid():N}";
    private readonly List<string> _paths = [];

    internal string New(string extension)
    {
        var path = $"{_stem}.{_paths.Count}.{extension}";
        _paths.Add(path);
        return path;
    }

    public void Dispose() => _paths.ForEach(File.Delete);
}
