using Amazon.S3.Model;
using Kinora.Errors;

namespace Kinora.Adapters.Storage.S3;

/// <summary>
/// An object as a seekable stream: read in ranges as they are asked for, the first of them small as players look here and there, later ones larger. Bytes go
/// straight from the connection to the reader, so memory does not grow with the file. What breaks off or stands still is taken up where it was, of the same
/// content only.
/// </summary>
internal sealed class S3ReadStream(S3Bucket bucket, string key, S3Head head) : Stream
{
    private const long SmallestRange = 1 << 20;
    private const long LargestRange = 32 << 20;

    /// <summary>So often in a row without a byte.</summary>
    private const int Tries = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    private CancellationTokenSource _silence = new();
    private GetObjectResponse? _answer;
    private long _at;
    private long _position;
    private long _end;
    private long _range = SmallestRange;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => head.Bytes;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <exception cref="KinoraException"><c>storage_unavailable</c> after several tries; <c>asset_missing</c> when it is gone or another meanwhile.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0 || _position >= head.Bytes)
        {
            return 0;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ReadOnceAsync(buffer, cancellationToken);
            }
            catch (Exception fault) when (S3Faults.Is(fault, cancellationToken))
            {
                Drop();
                if (attempt == Tries)
                {
                    throw S3Faults.Of(fault);
                }
            }

            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), cancellationToken);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Holds its thread until bytes come: for readers that know no other way.</summary>
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => head.Bytes,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Drop();
            _silence.Dispose();
        }

        base.Dispose(disposing);
    }

    private async Task<int> ReadOnceAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        var body = await OpenAsync(cancel);
        var wanted = (int)Math.Min(buffer.Length, _end - _at);
        _silence.CancelAfter(bucket.Place.Timeout);
        int read;
        await using (cancel.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _silence))
        {
            read = await body.ReadAsync(buffer[..wanted], _silence.Token);
        }

        if (!_silence.TryReset())
        {
            _silence.Dispose();
            _silence = new CancellationTokenSource();
        }

        if (read == 0)
        {
            throw new EndOfStreamException("It ended before all of it was there.");
        }

        _at += read;
        _position = _at;
        return read;
    }

    /// <summary>The body that goes on at the position; asked for anew where there is none.</summary>
    private async Task<Stream> OpenAsync(CancellationToken cancel)
    {
        if (_answer is not null && _at == _position && _at < _end)
        {
            return _answer.ResponseStream;
        }

        // Read on from the last range: the next may be larger. After a jump it is small again.
        _range = _answer is not null && _at == _position ? Math.Min(_range * 2, LargestRange) : SmallestRange;
        Drop();
        var last = Math.Min(_position + _range, head.Bytes) - 1;
        _answer = await bucket.GetAsync(key, head.Tag, _position, last, cancel)
            ?? throw new KinoraException(ErrorCodes.AssetMissing, "The file is no longer in the store, or another one by now. Ask for it again.");
        if (_answer.ContentLength != last + 1 - _position)
        {
            // Ranges are what everything here rests on.
            throw new KinoraException(ErrorCodes.StorageUnavailable, "The bucket for results does not answer with the range that was asked for. Use a service that does.");
        }

        (_at, _end) = (_position, last + 1);
        return _answer.ResponseStream;
    }

    private void Drop()
    {
        _answer?.Dispose();
        _answer = null;
        if (_silence.IsCancellationRequested)
        {
            _silence.Dispose();
            _silence = new CancellationTokenSource();
        }
    }
}
