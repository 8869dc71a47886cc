using System.Globalization;
using Kinora.Media;

namespace Kinora.Adapters.Media.Images;

/// <summary>
/// Pictures of strangers: looked at here without decoding, decoded and written anew in a <see cref="ImageWorker"/> child. What comes out holds the
/// pixels of the first frame and nothing else of the file.
/// </summary>
/// <param name="worker">The program that is the worker, with its first arguments; null for this program's own hidden command.</param>
internal sealed class ImageCleaner(ImageOptions options, IReadOnlyList<string>? worker = null) : IImageTool, IDisposable
{
    private readonly SemaphoreSlim _room = new(options.Parallel);

    public async Task<CleanImage> CleanAsync(string sourcePath, string outputPath, CancellationToken cancel) =>
        (await RunAsync(sourcePath, outputPath, [], cancel)).Image;

    public async Task<FittedPicture> FitAsync(string sourcePath, string outputPath, PictureFit fit, CancellationToken cancel)
    {
        var made = await RunAsync(sourcePath, outputPath, ImageWorkerFit.Arguments(fit), cancel);
        if (made.Image != new CleanImage(fit.Type.MimeType(), fit.Size.Width, fit.Size.Height, made.Image.Alpha))
        {
            File.Delete(outputPath);
            throw ImageFault.Damaged($"the worker made {made.Image}");
        }

        return made;
    }

    public Task<CleanImage> InspectAsync(string path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(Check(path).Image);
    }

    public void Dispose() => _room.Dispose();

    private ImageHeader Check(string path)
    {
        if (new FileInfo(path).Length is var bytes && bytes > (long)options.MaxMegabytes << 20)
        {
            throw ImageFault.TooManyBytes(bytes, options);
        }

        var header = ImageHeader.Read(path);
        return header.Width <= options.MaxSide && header.Height <= options.MaxSide && (long)header.Width * header.Height <= options.MaxMegapixels * 1_000_000L
            ? header
            : throw ImageFault.TooManyPixels(header.Width, header.Height, options);
    }

    private async Task<FittedPicture> RunAsync(string sourcePath, string outputPath, string[] fit, CancellationToken cancel)
    {
        var source = Check(sourcePath);
        File.Delete(outputPath);
        try
        {
            var result = await RunWorkerAsync(source.Kind, sourcePath, outputPath, fit, cancel);
            if (!result.Succeeded)
            {
                throw result.TimedOut ? ImageFault.TooSlow(options.WallSeconds, result.Summary) : ImageFault.Damaged(result.Summary);
            }

            var made = ImageHeader.Read(outputPath);
            var (width, height) = result.Output is [(byte)ImageWorker.Turned] ? (source.Height, source.Width) : (source.Width, source.Height);
            return new FittedPicture(width, height, made.Image);
        }
        catch
        {
            File.Delete(outputPath);
            throw;
        }
    }

    private async Task<MediaChildResult> RunWorkerAsync(PictureType kind, string source, string output, string[] fit, CancellationToken cancel)
    {
        var command = worker ?? ImageWorkerCommand.OfThisProgram();
        var spec = new MediaChildSpec
        {
            Program = command[0],
            // The worker looks at the size again: the file may have been exchanged since.
            Arguments =
            [
                .. command.Skip(1), kind.ToString(), Path.GetFullPath(source), Path.GetFullPath(output),
                options.MaxSide.ToString(CultureInfo.InvariantCulture), options.MaxMegapixels.ToString(CultureInfo.InvariantCulture),
                .. fit,
            ],
            WorkFolder = Path.GetDirectoryName(Path.GetFullPath(output))!,
            Environment = ImageWorkerCommand.Environment,
            Limits = new MediaChildLimits
            {
                Wall = TimeSpan.FromSeconds(options.WallSeconds),
                CpuSeconds = options.WallSeconds * 4,
                DataBytes = (long)options.MemoryMegabytes << 20,
                FileBytes = (long)options.OutputMegabytes << 20,
            },
        };
        await _room.WaitAsync(cancel);
        try
        {
            return await MediaChild.RunAsync(spec, cancel);
        }
        finally
        {
            _room.Release();
        }
    }
}
