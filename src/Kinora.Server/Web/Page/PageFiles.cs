using System.Reflection;
using System.Security.Cryptography;

namespace Kinora.Server.Web.Page;

/// <summary>The built page, as it lies in this assembly (see <c>web/</c>). Nothing is read from the disk, so no path can lead out.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "page/";

    private static readonly Dictionary<string, string> _types = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".json"] = "application/json; charset=utf-8",
        [".webmanifest"] = "application/manifest+json; charset=utf-8",
        [".txt"] = "text/plain; charset=utf-8",
    };

    private readonly Assembly _assembly;
    private readonly Dictionary<string, PageFile> _files;

    public PageFiles(Assembly assembly)
    {
        _assembly = assembly;
        var names = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        _files = names.Where(n => !IsCompressed(n)).Select(n => Describe(n, names)).ToDictionary(f => f.Path, StringComparer.Ordinal);
    }

    public PageFiles()
        : this(typeof(PageFiles).Assembly)
    {
    }

    /// <summary>All paths; for tests.</summary>
    public IEnumerable<string> Paths => _files.Keys;

    /// <summary>What every address of the page itself answers with.</summary>
    public PageFile Index => _files["index.html"];

    /// <param name="path">Without the leading slash.</param>
    public PageFile? Find(string path) => _files.GetValueOrDefault(path);

    public Stream Open(string resource) => _assembly.GetManifestResourceStream(resource)!;

    private PageFile Describe(string name, HashSet<string> all)
    {
        var path = name[Prefix.Length..];
        var forms = new Dictionary<string, string>(StringComparer.Ordinal) { ["identity"] = name };
        foreach (var (coding, ending) in ((string, string)[])[("br", ".br"), ("gzip", ".gz")])
        {
            if (all.Contains(name + ending))
            {
                forms[coding] = name + ending;
            }
        }

        using var content = Open(name);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..16])}\"";
        return new PageFile(path, _types.GetValueOrDefault(Path.GetExtension(path), "application/octet-stream"), tag, path.StartsWith("assets/", StringComparison.Ordinal), forms);
    }

    private static bool IsCompressed(string name) => name.EndsWith(".br", StringComparison.Ordinal) || name.EndsWith(".gz", StringComparison.Ordinal);
}
