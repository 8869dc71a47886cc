using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Kinora.Catalog;

namespace Kinora.Server.Lab;

/// <summary>A test picture: its size, <c>png</c>, <c>jpeg</c> or <c>webp</c>, and whether one can look through it.</summary>
/// <param name="Blur">How far from finished it looks: the sigma of a Gaussian blur, pixels.</param>
internal sealed record LabPicture(FrameSize Size, string Format, bool Transparent, int Blur = 0);

/// <summary>Makes real test pictures, once each.</summary>
internal sealed class LabPictures(string ffmpeg)
{
    private const int Kept = 64;

    // Shared by all labs of a process: a test suite starts many.
    private static readonly ConcurrentDictionary<LabPicture, Lazy<Task<byte[]>>> _made = new();

    public async Task<byte[]> MakeAsync(LabPicture picture)
    {
        if (_made.Count >= Kept)
        {
            _made.Clear();
        }

        var entry = _made.GetOrAdd(picture, key => new Lazy<Task<byte[]>>(() => RenderAsync(key)));
        try
        {
            return await entry.Value;
        }
        catch
        {
            _made.TryRemove(picture, out _);
            throw;
        }
    }

    /// <summary>What the first bytes say a file is; null when it is no picture the lab knows.</summary>
    public static string? FormatOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "png"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "jpeg"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "webp"
        : null;

    private async Task<byte[]> RenderAsync(LabPicture picture)
    {
        var start = new ProcessStartInfo(ffmpeg) { RedirectStandardError = true, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])
        [
            "-nostdin", "-hide_banner", "-loglevel", "error",
            "-f", "lavfi", "-i", $"testsrc2=size={picture.Size}:rate=1,format=rgba" + (picture.Transparent ? ",colorchannelmixer=aa=0.4" : "") + (picture.Blur > 0 ? string.Create(CultureInfo.InvariantCulture, $",gblur=sigma={picture.Blur}") : ""),
            "-frames:v", "1", "-threads", "1", "-f", "image2pipe",
            .. (string[])(picture.Format switch
            {
                "jpeg" => ["-c:v", "mjpeg", "-pix_fmt", "yuvj444p", "-q:v", "4"],
                "webp" => ["-c:v", "libwebp", "-pix_fmt", picture.Transparent ? "bgra" : "yuv420p"],
                _ => ["-c:v", "png", "-pix_fmt", picture.Transparent ? "rgba" : "rgb24"],
            }),
            "pipe:1",
        ])
        {
            start.ArgumentList.Add(argument);
        }

        using var child = Process.Start(start) ?? throw new InvalidOperationException($"{ffmpeg} did not start.");
        using var bytes = new MemoryStream();
        var complaint = child.StandardError.ReadToEndAsync();
        await child.StandardOutput.BaseStream.CopyToAsync(bytes);
        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? bytes.ToArray() : throw new InvalidOperationException($"ffmpeg: {(await complaint).Trim()}");
    }
}
