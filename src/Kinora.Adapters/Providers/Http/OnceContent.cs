using System.Net;

namespace Kinora.Adapters.Providers.Http;

/// <summary>
/// The body of a create. Knows whether a single byte of it may have left, which is what parts "surely not sent" from "unknown", and
/// refuses to be written a second time, whoever asks.
/// </summary>
internal sealed class OnceContent : HttpContent
{
    private readonly HttpContent _inner;
    private int _begun;

    public OnceContent(HttpContent inner)
    {
        _inner = inner;
        foreach (var (name, values) in inner.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <summary>True once the connection stood and the runtime began to write the body.</summary>
    public bool Begun => Volatile.Read(ref _begun) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            throw new InvalidOperationException("A create is sent once.");
        }

        return _inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
