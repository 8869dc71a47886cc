using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Providers;

namespace Kinora.Server.Gateway;

/// <summary>A picture of a job, opened.</summary>
/// <param name="Output">What its provider said of it; null where that is not known of this one.</param>
internal sealed record MadeFile(Asset Asset, Stream Content, RemoteOutput? Output)
{
    /// <summary>The word of OpenAI's API for its format.</summary>
    public string Format => Asset.MimeType[(Asset.MimeType.IndexOf('/', StringComparison.Ordinal) + 1)..];

    public string Size => FormattableString.Invariant($"{Asset.Width ?? 0}x{Asset.Height ?? 0}");
}

/// <summary>The pictures of a job, all opened before anything is answered: one that is missing is told as such.</summary>
internal sealed class MadeFiles : IAsyncDisposable
{
    private readonly List<MadeFile> _files = [];

    public IReadOnlyList<MadeFile> All => _files;

    /// <exception cref="Errors.KinoraException"><c>asset_missing</c>.</exception>
    public static async Task<MadeFiles> OpenAsync(IAssetStore assets, Job job, CancellationToken cancel)
    {
        var opened = new MadeFiles();
        try
        {
            foreach (var asset in job.Assets.Where(a => a.Role == AssetRole.Image).OrderBy(a => a.Index))
            {
                opened._files.Add(new MadeFile(asset, await assets.OpenAsync(asset, cancel), asset.Index < job.Outputs.Count ? job.Outputs[asset.Index] : null));
            }

            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in _files)
        {
            await file.Content.DisposeAsync();
        }
    }
}
