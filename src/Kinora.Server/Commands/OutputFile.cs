using System.Text;
using Kinora.Assets;
using Kinora.Errors;

namespace Kinora.Server.Commands;

/// <summary>Where a result is written for the person at the shell. Checked before anything is paid; never overwrites a file unasked.</summary>
internal static class OutputFile
{
    private const int MaxSlugLength = 60;

    /// <summary>Of the files of one request; no model makes more pictures.</summary>
    private const int MaxChecked = 100;

    /// <summary>Refuses an explicit name that cannot be written, or is taken.</summary>
    /// <param name="count">How many files will be written.</param>
    /// <exception cref="KinoraException"><c>output_not_writable</c>.</exception>
    public static void Check(string? path, bool force, int count = 1)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path ?? "x"))!;
        if (path is not null && Directory.Exists(path))
        {
            throw Refused($"\"{path}\" is a folder. Name a file with --out.");
        }

        if (!Directory.Exists(folder))
        {
            throw Refused(path is null ? "The current folder is gone." : $"The folder of \"{path}\" does not exist. Make it first, or name another file with --out.");
        }

        var taken = path is null || force ? null : Enumerable.Range(0, Math.Clamp(count, 1, MaxChecked)).Select(n => Numbered(path, n)).FirstOrDefault(Path.Exists);
        if (taken is not null)
        {
            throw Refused($"\"{taken}\" exists already. Name another file with --out, or add --force to replace it.");
        }

        Probe(folder);
    }

    /// <summary>The name of one of several files: <c>fox.png</c>, <c>fox-2.png</c> …</summary>
    public static string Numbered(string path, int index) => index == 0
        ? path
        : Path.Combine(Path.GetDirectoryName(path) ?? "", FormattableString.Invariant($"{Path.GetFileNameWithoutExtension(path)}-{index + 1}{Path.GetExtension(path)}"));

    /// <summary>Copies a stored file out: a temp file beside the target, then a rename, so that a half file never bears the name.</summary>
    /// <returns>The path as it was given.</returns>
    public static async Task<string> SaveAsync(IAssetStore assets, Asset asset, string? path, string prompt, bool force, CancellationToken cancel)
    {
        var target = path ?? FreeName(Slug(prompt, asset.Role == AssetRole.Image ? "image" : "video"), Path.GetExtension(asset.FileName));
        if (path is not null && File.Exists(path) && !force)
        {
            throw Refused($"\"{path}\" exists already. Name another file with --out, or add --force to replace it. The result is kept.");
        }

        var temp = target + ".part";
        try
        {
            await using (var from = await assets.OpenAsync(asset, cancel))
            await using (var to = new FileStream(temp, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 17))
            {
                await from.CopyToAsync(to, 1 << 17, cancel);
            }

            File.Move(temp, target, overwrite: force || path is null);
            return target;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            File.Delete(temp);
            throw new KinoraException(
                ErrorCodes.OutputNotWritable,
                fault is IOException io && DiskFull.Is(io)
                    ? $"There is no room left for \"{target}\". The result is kept; `kinora download` writes it elsewhere."
                    : $"\"{target}\" cannot be written. The result is kept; `kinora download` writes it elsewhere.",
                fault.Message,
                fault);
        }
    }

    /// <summary>The words of a prompt as a file name: lower case, letters and digits of any script, joined by hyphens.</summary>
    internal static string Slug(string prompt, string otherwise)
    {
        var slug = new StringBuilder();
        foreach (var rune in prompt.EnumerateRunes())
        {
            if (slug.Length >= MaxSlugLength)
            {
                break;
            }

            if (Rune.IsLetterOrDigit(rune))
            {
                slug.Append(Rune.ToLowerInvariant(rune).ToString());
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var name = slug.ToString().Trim('-');
        return name.Length == 0 ? otherwise : name;
    }

    private static string FreeName(string stem, string extension)
    {
        var name = stem + extension;
        for (var n = 2; File.Exists(name); n++)
        {
            name = FormattableString.Invariant($"{stem}-{n}{extension}");
        }

        return name;
    }

    private static void Probe(string folder)
    {
        var probe = Path.Combine(folder, $".kinora-{Guid.NewGuid():N}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new KinoraException(
                ErrorCodes.OutputNotWritable, "The folder for the result cannot be written. Go to another folder, or name a file elsewhere with --out.", fault.Message, fault);
        }
    }

    private static KinoraException Refused(string text) => new(ErrorCodes.OutputNotWritable, text);
}
