using System.Net.Http.Headers;
using System.Text;

namespace Kinora.Adapters.Providers.Http;

/// <summary>
/// A multipart form as browsers and the official SDKs write it: quoted names, text parts without a type, an unquoted boundary. The runtime's own
/// defaults are legal too, but break hand-written parsers.
/// </summary>
internal sealed class FormBody : MultipartFormDataContent
{
    private FormBody(string boundary)
        : base(boundary)
    {
        Headers.Remove("Content-Type");
        Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=" + boundary);
    }

    public static FormBody New() => new("kinora-" + Guid.NewGuid().ToString("N"));

    public void AddText(string name, string value)
    {
        var part = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{name}\"");
        Add(part);
    }

    /// <summary>A file part. The file is read while it is sent; its own name stays here.</summary>
    public void AddFile(string name, string path, string sentAs, string type)
    {
        var part = new StreamContent(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 64 * 1024, FileOptions.Asynchronous));
        part.Headers.ContentType = new MediaTypeHeaderValue(type);
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"{name}\"; filename=\"{sentAs}\"");
        Add(part);
    }
}
