using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace Kinora.Tests.Storage.S3;

/// <summary>A bucket in memory that honours what s3rver does not (If-None-Match, listing of uploads), and does wrong what a test asks for.</summary>
internal sealed class StandInBucket : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    private StandInBucket(WebApplication server) => _server = server;

    public string Endpoint => _server.Urls.First();

    public ConcurrentDictionary<string, byte[]> Objects => _objects;

    public ICollection<string> Uploads => _uploads.Keys;

    /// <summary>How often an object was written.</summary>
    public int Writes;

    /// <summary>Requests so far, as method and query.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Runs before a request is answered; true when it has been answered, one way or another.</summary>
    public Func<HttpContext, Task<bool>> Before { get; set; } = _ => Task.FromResult(false);

    /// <summary>When uploads that come from now on have begun.</summary>
    public DateTimeOffset UploadsBegin { get; set; } = DateTimeOffset.UtcNow;

    public static async Task<StandInBucket> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        var bucket = new StandInBucket(builder.Build());
        bucket._server.Run(bucket.AnswerAsync);
        await bucket._server.StartAsync();
        return bucket;
    }

    public static async Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            // As real ones do: what was signed is in the answer.
            await context.Response.WriteAsync($"<Error><Code>{code}</Code><Message>no: {context.Request.Headers.Authorization}</Message><StringToSign>{context.Request.Headers.Authorization}</StringToSign></Error>");
        }
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, query) = (context.Request, context.Request.Query);
        Log.Enqueue($"{request.Method} {request.QueryString}");
        if (await Before(context))
        {
            return;
        }

        var key = request.Path.Value!.TrimStart('/')[S3Server.Bucket.Length..].TrimStart('/');
        await ((request.Method, query.ContainsKey("uploads"), query.ContainsKey("uploadId")) switch
        {
            ("POST", true, _) => BeginAsync(context, key),
            ("PUT", _, true) => PartAsync(context),
            ("POST", _, true) => CompleteAsync(context, key),
            ("DELETE", _, true) => EndAsync(context, _uploads.TryRemove(query["uploadId"]!, out _) ? 204 : 404),
            ("GET", true, _) => ListUploadsAsync(context),
            ("PUT", _, _) => PutAsync(context, key, await ReadAsync(request)),
            ("DELETE", _, _) => EndAsync(context, _objects.TryRemove(key, out _) ? 204 : 204),
            ("GET", _, _) when key == "" => ListAsync(context),
            _ => GetAsync(context, key),
        });
    }

    private Task BeginAsync(HttpContext context, string key)
    {
        var id = Guid.NewGuid().ToString("N");
        _uploads[id] = new Upload(key, UploadsBegin);
        return XmlAsync(context, new XElement("InitiateMultipartUploadResult", new XElement("Key", key), new XElement("UploadId", id)));
    }

    private async Task PartAsync(HttpContext context)
    {
        var data = await ReadAsync(context.Request);
        _uploads[context.Request.Query["uploadId"]!].Parts[int.Parse(context.Request.Query["partNumber"]!, CultureInfo.InvariantCulture)] = data;
        context.Response.Headers.ETag = Tag(data);
    }

    private async Task CompleteAsync(HttpContext context, string key)
    {
        var parts = _uploads[context.Request.Query["uploadId"]!].Parts;
        await ReadAsync(context.Request);
        await PutAsync(context, key, [.. parts.OrderBy(p => p.Key).SelectMany(p => p.Value)]);
        if (context.Response.StatusCode == 200)
        {
            _uploads.TryRemove(context.Request.Query["uploadId"]!, out _);
            await XmlAsync(context, new XElement("CompleteMultipartUploadResult", new XElement("Key", key), new XElement("ETag", Tag(_objects[key]))));
        }
    }

    private async Task PutAsync(HttpContext context, string key, byte[] data)
    {
        if (context.Request.Headers.IfNoneMatch == "*" && !_objects.TryAdd(key, data))
        {
            await RefuseAsync(context, 412, "PreconditionFailed");
            return;
        }

        _objects[key] = data;
        Interlocked.Increment(ref Writes);
        context.Response.Headers.ETag = Tag(data);
    }

    private async Task GetAsync(HttpContext context, string key)
    {
        if (!_objects.TryGetValue(key, out var data))
        {
            await RefuseAsync(context, 404, "NoSuchKey");
        }
        else if (context.Request.Headers.IfMatch is [{ } match, ..] && match != Tag(data))
        {
            await RefuseAsync(context, 412, "PreconditionFailed");
        }
        else
        {
            var (from, to) = Range(context.Request, data.Length);
            context.Response.StatusCode = context.Request.Headers.Range.Count > 0 ? 206 : 200;
            context.Response.Headers.ETag = Tag(data);
            context.Response.ContentLength = to + 1 - from;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await context.Response.Body.WriteAsync(data.AsMemory(from, to + 1 - from));
            }
        }
    }

    public static (int From, int To) Range(HttpRequest request, int length) =>
        request.GetTypedHeaders().Range?.Ranges.First() is { } range ? ((int)range.From!, (int)Math.Min(range.To ?? length - 1, length - 1)) : (0, length - 1);

    private Task ListAsync(HttpContext context) => XmlAsync(context, new XElement(
        "ListBucketResult",
        new XElement("IsTruncated", false),
        _objects.Keys.Where(k => k.StartsWith(context.Request.Query["prefix"].ToString(), StringComparison.Ordinal))
            .Select(k => new XElement("Contents", new XElement("Key", k), new XElement("Size", _objects[k].Length)))));

    private Task ListUploadsAsync(HttpContext context) => XmlAsync(context, new XElement(
        "ListMultipartUploadsResult",
        new XElement("IsTruncated", false),
        _uploads.Where(u => u.Value.Key.StartsWith(context.Request.Query["prefix"].ToString(), StringComparison.Ordinal)).Select(u => new XElement(
            "Upload", new XElement("Key", u.Value.Key), new XElement("UploadId", u.Key), new XElement("Initiated", u.Value.Begun.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))))));

    private static Task EndAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        using var all = new MemoryStream();
        await request.Body.CopyToAsync(all);
        return all.ToArray();
    }

    private static Task XmlAsync(HttpContext context, XElement body)
    {
        context.Response.ContentType = "application/xml";
        return context.Response.WriteAsync(body.ToString());
    }

    private static string Tag(byte[] data) => $"\"{Convert.ToHexStringLower(SHA256.HashData(data))[..32]}\"";

    private sealed record Upload(string Key, DateTimeOffset Begun)
    {
        public ConcurrentDictionary<int, byte[]> Parts { get; } = new();
    }
}
