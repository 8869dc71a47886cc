using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Kinora.Jobs;

namespace Kinora.Adapters.Storage.S3;

/// <param name="Sha256">Of all of it, lower-case hex; kept beside the object as metadata.</param>
internal sealed record S3Content(long Bytes, string Sha256, string MimeType);

/// <summary>Brings one file into a bucket: small ones in one request, others in parts read from the file as they are sent. Its bytes are never all in memory.</summary>
internal sealed class S3Upload(AmazonS3Client client, S3Place place, string key, S3Content content)
{
    public const int PartBytes = 8 << 20;

    private const int MostParts = 10_000;
    private static readonly TimeSpan AbortLimit = TimeSpan.FromSeconds(15);

    public async Task RunAsync(string file, bool onlyNew, CancellationToken cancel)
    {
        try
        {
            await (content.Bytes <= PartBytes ? PutAsync(file, onlyNew, cancel) : PutPartsAsync(file, onlyNew, cancel));
            var there = await client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = place.Bucket, Key = key }, cancel);
            if (there.ContentLength != content.Bytes)
            {
                throw new IOException(FormattableString.Invariant($"{content.Bytes} bytes were sent, {there.ContentLength} are there."));
            }
        }
        catch (Exception fault) when (S3Faults.Is(fault, cancel))
        {
            throw S3Faults.Of(fault);
        }
    }

    /// <summary>Ends uploads under a prefix that began before a time. True where the service can list them.</summary>
    public static async Task<bool> AbortAsync(AmazonS3Client client, string bucket, string prefix, DateTimeOffset before, CancellationToken cancel)
    {
        var request = new ListMultipartUploadsRequest { BucketName = bucket, Prefix = prefix };
        try
        {
            while (true)
            {
                var page = await client.ListMultipartUploadsAsync(request, cancel);
                foreach (var upload in page.MultipartUploads ?? [])
                {
                    if (upload.Key.StartsWith(prefix, StringComparison.Ordinal) && upload.Initiated < before.UtcDateTime)
                    {
                        await AbortAsync(client, bucket, upload.Key, upload.UploadId, cancel);
                    }
                }

                if (page.IsTruncated != true)
                {
                    return true;
                }

                (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
            }
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode is HttpStatusCode.NotImplemented or HttpStatusCode.MethodNotAllowed)
        {
            return false;
        }
    }

    private async Task PutAsync(string file, bool onlyNew, CancellationToken cancel)
    {
        var request = new PutObjectRequest
        {
            BucketName = place.Bucket,
            Key = key,
            FilePath = file,
            ContentType = content.MimeType,
            UseChunkEncoding = false,
            IfNoneMatch = onlyNew ? "*" : null,
        };
        request.Metadata["sha256"] = content.Sha256;
        CrashPoints.Hit(CrashPoints.AssetSyncedNotRenamed);
        await IsPutAsync(() => client.PutObjectAsync(request, cancel));
    }

    private async Task PutPartsAsync(string file, bool onlyNew, CancellationToken cancel)
    {
        var begin = new InitiateMultipartUploadRequest { BucketName = place.Bucket, Key = key, ContentType = content.MimeType };
        begin.Metadata["sha256"] = content.Sha256;
        var upload = (await client.InitiateMultipartUploadAsync(begin, cancel)).UploadId;
        try
        {
            var parts = new List<PartETag>();
            var size = Math.Max(PartBytes, (content.Bytes + MostParts - 1) / MostParts);
            for (long at = 0; at < content.Bytes; at += size)
            {
                parts.Add(await PutPartAsync(file, upload, parts.Count + 1, at, Math.Min(size, content.Bytes - at), cancel));
            }

            CrashPoints.Hit(CrashPoints.AssetSyncedNotRenamed);
            var put = await IsPutAsync(() => client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = place.Bucket, Key = key, UploadId = upload, PartETags = parts, IfNoneMatch = onlyNew ? "*" : null }, cancel));
            if (!put)
            {
                await GiveUpAsync(upload);
            }
        }
        catch
        {
            await GiveUpAsync(upload);
            throw;
        }
    }

    private async Task<PartETag> PutPartAsync(string file, string upload, int number, long at, long bytes, CancellationToken cancel)
    {
        var part = await client.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = place.Bucket,
                Key = key,
                UploadId = upload,
                PartNumber = number,
                FilePath = file,
                FilePosition = at,
                PartSize = bytes,
                UseChunkEncoding = false,
            },
            cancel);
        return new PartETag(number, part.ETag);
    }

    /// <summary>False when it is there already, which is as good; its size is looked at afterwards all the same.</summary>
    private static async Task<bool> IsPutAsync(Func<Task> put)
    {
        try
        {
            await put();
            return true;
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            return false;
        }
    }

    /// <summary>Also when nobody wants the upload any more: parts that are left cost their owner money. What cannot be told now is swept another day.</summary>
    private async Task GiveUpAsync(string upload)
    {
        using var limit = new CancellationTokenSource(AbortLimit);
        try
        {
            await AbortAsync(client, place.Bucket, key, upload, limit.Token);
        }
        catch (Exception fault) when (S3Faults.Is(fault, CancellationToken.None))
        {
        }
    }

    /// <summary>One that is over is no fault.</summary>
    private static async Task AbortAsync(AmazonS3Client client, string bucket, string key, string upload, CancellationToken cancel)
    {
        try
        {
            await client.AbortMultipartUploadAsync(new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = upload }, cancel);
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsMissing(fault))
        {
        }
    }
}
