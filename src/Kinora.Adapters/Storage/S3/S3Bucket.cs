using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Kinora.Errors;

namespace Kinora.Adapters.Storage.S3;

/// <summary>What is known of an object without reading it.</summary>
/// <param name="Tag">Its ETag: of other content it is another.</param>
internal sealed record S3Head(long Bytes, string? Tag);

/// <summary>The few operations of S3 that are used, each bounded in time, with faults that say what to do.</summary>
internal sealed class S3Bucket(S3Place place) : IDisposable
{
    private readonly Lazy<AmazonS3Client> _client = new(place.Connect);

    public S3Place Place => place;

    private AmazonS3Client Client => _client.Value;

    /// <summary>Null when there is no such object. That the bucket itself is missing is a fault.</summary>
    public async Task<S3Head?> HeadAsync(string key, CancellationToken cancel)
    {
        var head = await FindAsync(() => Client.GetObjectMetadataAsync(new GetObjectMetadataRequest { BucketName = place.Bucket, Key = key }, cancel), cancel);
        if (head is null)
        {
            // Answers to HEAD have no body, so this may as well be the bucket.
            await CheckAsync(cancel);
        }

        return head is null ? null : new S3Head(head.ContentLength, head.ETag);
    }

    /// <summary>A part of an object; its body is still on its way. Null when the object is gone or another by now.</summary>
    /// <param name="last">Inclusive.</param>
    public Task<GetObjectResponse?> GetAsync(string key, string? tag, long first, long last, CancellationToken cancel) => FindAsync(
        () => Client.GetObjectAsync(new GetObjectRequest { BucketName = place.Bucket, Key = key, ByteRange = new ByteRange(first, last), EtagToMatch = tag }, cancel),
        cancel);

    /// <summary>Puts a whole file under a key, replacing what was there in one moment. It stays as it was when this fails.</summary>
    /// <param name="onlyNew">Leave it when it is there already; of two at once only one writes.</param>
    public Task PutAsync(string key, string file, S3Content content, bool onlyNew, CancellationToken cancel) =>
        new S3Upload(Client, place, key, content).RunAsync(file, onlyNew, cancel);

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancel)
    {
        var keys = new List<string>();
        var request = new ListObjectsV2Request { BucketName = place.Bucket, Prefix = prefix };
        do
        {
            var page = await AskAsync(() => Client.ListObjectsV2Async(request, cancel), cancel);
            keys.AddRange(page.S3Objects?.Select(o => o.Key) ?? []);
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
        return keys;
    }

    /// <summary>One by one: jobs have few files, and deleting in batches is not known everywhere.</summary>
    public Task DeleteAsync(string key, CancellationToken cancel) =>
        AskAsync(() => Client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = place.Bucket, Key = key }, cancel), cancel);

    /// <summary>Ends uploads in parts that nobody is at any more. Where the service cannot list them, its own rules for unfinished uploads must do.</summary>
    public Task AbortUploadsAsync(string prefix, DateTimeOffset before, CancellationToken cancel) =>
        AskAsync(() => S3Upload.AbortAsync(Client, place.Bucket, prefix, before, cancel), cancel);

    /// <summary>Lists a place where nothing ever is: that takes the rights of a listing, and next to no work.</summary>
    /// <exception cref="KinoraException"><c>storage_unavailable</c>.</exception>
    public Task CheckAsync(CancellationToken cancel) =>
        AskAsync(() => Client.ListObjectsV2Async(new ListObjectsV2Request { BucketName = place.Bucket, Prefix = place.Prefix + "check/", MaxKeys = 1 }, cancel), cancel);

    public void Dispose()
    {
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    /// <summary>Null when there is no such object, or not this one any more.</summary>
    private static async Task<T?> FindAsync<T>(Func<Task<T>> ask, CancellationToken cancel)
        where T : class
    {
        try
        {
            return await ask();
        }
        catch (AmazonS3Exception fault) when (S3Faults.IsMissing(fault) || fault.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return null;
        }
        catch (Exception fault) when (S3Faults.Is(fault, cancel))
        {
            throw S3Faults.Of(fault);
        }
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (S3Faults.Is(fault, cancel))
        {
            throw S3Faults.Of(fault);
        }
    }
}
