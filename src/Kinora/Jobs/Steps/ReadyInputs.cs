using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Jobs.Steps;

/// <summary>The stored files of one request, brought to local disk beforehand. Any other is looked up when it is asked for.</summary>
internal sealed class ReadyInputs : IInputFiles
{
    private readonly IInputFiles _store;
    private readonly Dictionary<string, string> _paths = [];

    private ReadyInputs(IInputFiles store) => _store = store;

    public static async Task<IInputFiles> OfAsync(IInputFiles store, GenerationRequest request, CancellationToken cancel)
    {
        var ready = new ReadyInputs(store);
        foreach (var picture in ((InputImage?[])[request.FirstFrame, request.LastFrame, request.Mask, .. request.References]).OfType<InputImage>())
        {
            ready._paths[picture.Sha256] = await store.PathAsync(picture, cancel);
        }

        if (request.SourceVideo is { } video)
        {
            ready._paths[video.Sha256] = await store.PathAsync(video, cancel);
        }

        return ready;
    }

    public Task<string> PathAsync(InputImage image, CancellationToken cancel) => Find(image.Sha256) ?? _store.PathAsync(image, cancel);

    public Task<string> PathAsync(InputVideo video, CancellationToken cancel) => Find(video.Sha256) ?? _store.PathAsync(video, cancel);

    /// <summary>A copy may have gone since; then it is brought anew.</summary>
    private Task<string>? Find(string hash) => _paths.TryGetValue(hash, out var path) && File.Exists(path) ? Task.FromResult(path) : null;
}
