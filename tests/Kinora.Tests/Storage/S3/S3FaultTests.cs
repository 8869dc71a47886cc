using System.Security.Cryptography;
using Kinora.Adapters.Storage.S3;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Tests.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage.S3;

/// <summary>A bucket that breaks off, stands still, answers with faults or turns us away.</summary>
public sealed class S3FaultTests : IAsyncLifetime
{
    private const string Secret = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYSECRETKEY";
    private const string Id = "AKIAIOSFODNN7SECRET00";

    private readonly TempFolder _folder = new();
    private StandInBucket _bucket = null!;
    private S3AssetStore _store = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bucket = await StandInBucket.StartAsync();
        _store = Connect(_bucket.Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _bucket.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Read_BrokenOffAgainAndAgain_GoesOnWhereItWas()
    {
        var (asset, data) = await StoreAsync(5_000_000);
        var breaks = 0;
        _bucket.Before = context => BreakOffAsync(context, data, () => ++breaks % 2 == 1);

        (await ReadAsync(asset)).AsSpan().SequenceEqual(data).ShouldBeTrue();
        breaks.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Read_StandingStill_IsGivenUpAndTakenUpAnew()
    {
        var (asset, data) = await StoreAsync(2_000_000);
        using var store = Connect(_bucket.Endpoint, timeout: 1);
        var stalls = 0;
        _bucket.Before = async context =>
        {
            if (!IsRead(context) || stalls > 0)
            {
                return false;
            }

            stalls++;
            var (from, to) = StandInBucket.Range(context.Request, data.Length);
            context.Response.StatusCode = 206;
            context.Response.ContentLength = to + 1 - from;
            await context.Response.Body.WriteAsync(data.AsMemory(from, 1000));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        (await ReadAsync(asset, store)).AsSpan().SequenceEqual(data).ShouldBeTrue();
        stalls.ShouldBe(1);
    }

    [Fact]
    public async Task Read_ReplacedMeanwhile_IsNeverStitchedTogether()
    {
        var (asset, _) = await StoreAsync(3_000_000);
        await using var stream = await _store.OpenAsync(asset, Cancel);
        await stream.ReadExactlyAsync(new byte[1000], Cancel);
        _bucket.Objects[_bucket.Objects.Keys.Single()] = RandomNumberGenerator.GetBytes(3_000_000);

        stream.Seek(2_000_000, SeekOrigin.Begin);
        var fault = await Should.ThrowAsync<KinoraException>(async () => await stream.ReadExactlyAsync(new byte[1000], Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetMissing);
    }

    [Fact]
    public async Task Upload_BrokenOffInTheMiddleOfAPart_IsSentAgain()
    {
        var cuts = 0;
        _bucket.Before = context => CutUploadAsync(context, () => cuts++ == 0);

        var (asset, data) = await StoreAsync(20_000_000);

        cuts.ShouldBeGreaterThan(1);
        (await ReadAsync(asset)).AsSpan().SequenceEqual(data).ShouldBeTrue();
        _bucket.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_ThatNeverSucceeds_LeavesNoPartsAndNoObject()
    {
        _bucket.Before = context => CutUploadAsync(context, () => context.Request.Query["partNumber"] == "2");

        var fault = await Should.ThrowAsync<KinoraException>(() => StoreAsync(20_000_000));

        fault.Code.ShouldBe(ErrorCodes.StorageUnavailable);
        _bucket.Objects.ShouldBeEmpty();
        _bucket.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_Cancelled_LeavesNoPartsAndNoObject()
    {
        using var stop = new CancellationTokenSource();
        _bucket.Before = async context =>
        {
            if (context.Request.Query["partNumber"] == "2")
            {
                await stop.CancelAsync();
            }

            return false;
        };

        await Should.ThrowAsync<OperationCanceledException>(() => StoreAsync(20_000_000, cancel: stop.Token));

        _bucket.Objects.ShouldBeEmpty();
        _bucket.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_LeftByAProcessThatDied_IsEndedByTheNextTryAndByTheSweep()
    {
        _bucket.UploadsBegin = DateTimeOffset.UtcNow.AddDays(-2);
        // The abort does not get through, as if nobody had been left to send it.
        _bucket.Before = async context =>
        {
            if (context.Request.Query["partNumber"] == "2" || (context.Request.Method == "DELETE" && context.Request.Query.ContainsKey("uploadId")))
            {
                await StandInBucket.RefuseAsync(context, 403, "AccessDenied");
                return true;
            }

            return false;
        };
        var job = TestJob();
        await Should.ThrowAsync<KinoraException>(() => StoreAsync(20_000_000, job: job));
        await Should.ThrowAsync<KinoraException>(() => StoreAsync(20_000_000));
        _bucket.Uploads.Count.ShouldBe(2);
        _bucket.Before = _ => Task.FromResult(false);

        _bucket.UploadsBegin = DateTimeOffset.UtcNow;
        await StoreAsync(20_000_000, job: job);
        _bucket.Uploads.Count.ShouldBe(1);
        await _store.SweepAsync(Cancel);

        _bucket.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_UploadUnderWay_IsLeftAlone()
    {
        var swept = false;
        _bucket.Before = async context =>
        {
            if (context.Request.Query["partNumber"] == "2" && !swept)
            {
                swept = true;
                await _store.SweepAsync(Cancel);
            }

            return false;
        };

        var (asset, data) = await StoreAsync(20_000_000);

        swept.ShouldBeTrue();
        (await ReadAsync(asset)).AsSpan().SequenceEqual(data).ShouldBeTrue();
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(9_000_000)]
    public async Task PutInput_TwentyAtOnce_WritesOnce(int bytes)
    {
        var data = RandomNumberGenerator.GetBytes(bytes);
        // Each has looked before any has written.
        var looked = 0;
        var all = new TaskCompletionSource();
        _bucket.Before = async context =>
        {
            if (context.Request.Method == "HEAD" && !all.Task.IsCompleted)
            {
                if (Interlocked.Increment(ref looked) == 20)
                {
                    all.SetResult();
                }

                await StandInBucket.RefuseAsync(context, 404, "NoSuchKey");
                await all.Task;
                return true;
            }

            return false;
        };

        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => _store.PutInputAsync(_folder.Write($"input-{n}", data), new CleanImage("image/png", 4, 3), Cancel)));

        _bucket.Writes.ShouldBe(1);
        made.Distinct().ShouldHaveSingleItem();
        _bucket.Objects.ShouldHaveSingleItem().Value.AsSpan().SequenceEqual(data).ShouldBeTrue();
        _bucket.Uploads.ShouldBeEmpty();
        await _store.PutInputAsync(_folder.Write("again", data), new CleanImage("image/png", 4, 3), Cancel);
        _bucket.Writes.ShouldBe(1);
    }

    [Fact]
    public async Task Copy_OfAnObjectThatIsDamaged_IsRefused()
    {
        var (asset, data) = await StoreAsync(1000);
        data[500] ^= 1;
        _bucket.Objects[_bucket.Objects.Keys.Single()] = data;

        (await Should.ThrowAsync<KinoraException>(() => _store.LocalPathAsync(asset, Cancel))).Code.ShouldBe(ErrorCodes.StorageDamaged);
    }

    [Theory]
    [InlineData(503, "SlowDown", ErrorCodes.StorageUnavailable, "at the moment")]
    [InlineData(500, "InternalError", ErrorCodes.StorageUnavailable, "at the moment")]
    [InlineData(403, "AccessDenied", ErrorCodes.StorageUnavailable, "may list, read, write and delete")]
    [InlineData(403, "SignatureDoesNotMatch", ErrorCodes.StorageUnavailable, "Storage:S3:SecretKey")]
    [InlineData(403, "InvalidAccessKeyId", ErrorCodes.StorageUnavailable, "Storage:S3:AccessKey")]
    [InlineData(403, "RequestTimeTooSkewed", ErrorCodes.StorageUnavailable, "clock")]
    [InlineData(404, "NoSuchBucket", ErrorCodes.StorageUnavailable, "Storage:S3:Bucket")]
    [InlineData(301, "PermanentRedirect", ErrorCodes.StorageUnavailable, "Storage:S3:Region")]
    [InlineData(507, "XMinioStorageFull", ErrorCodes.StorageFull, "full")]
    public async Task Refusal_ByEveryOperation_SaysWhatToDoAndLeaksNothing(int status, string code, string expected, string words)
    {
        var (asset, _) = await StoreAsync(1000);
        _bucket.Before = async context =>
        {
            await StandInBucket.RefuseAsync(context, status, code);
            return true;
        };

        foreach (var operation in Operations(_store, asset))
        {
            var fault = await Should.ThrowAsync<KinoraException>(operation);
            fault.Code.ShouldBe(expected);
            Leaks(fault).ShouldBeEmpty(fault.ToString());
        }

        (await Should.ThrowAsync<KinoraException>(() => _store.CheckAsync(Cancel))).Message.ShouldContain(words);
    }

    [Fact]
    public async Task Silence_OfTheService_EndsSoonAndSaysWhatToDo()
    {
        using var store = Connect(_bucket.Endpoint, timeout: 1);
        var (asset, _) = await StoreAsync(1000);
        _bucket.Before = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        var fault = await Should.ThrowAsync<KinoraException>(() => store.OpenAsync(asset, Cancel));

        fault.Code.ShouldBe(ErrorCodes.StorageUnavailable);
        fault.Message.ShouldContain("Storage:S3:Endpoint");
        _bucket.Before = _ => Task.FromResult(false);
        await store.CheckAsync(Cancel);
    }

    [Fact]
    public async Task Check_AskedAgainAtOnce_AsksTheBucketOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            await _store.CheckAsync(Cancel);
        }

        _bucket.Log.Count.ShouldBe(1);
    }

    [Fact]
    public async Task NobodyListening_IsToldWithoutTheAddress()
    {
        using var store = Connect("http://127.0.0.1:9");

        var fault = await Should.ThrowAsync<KinoraException>(() => store.CheckAsync(Cancel));

        fault.Code.ShouldBe(ErrorCodes.StorageUnavailable);
        Leaks(fault).ShouldBeEmpty(fault.ToString());
        fault.ToString().ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task Caller_WhoGoesAway_IsNotToldOfAFault()
    {
        var (asset, _) = await StoreAsync(1000);
        using var stop = new CancellationTokenSource();
        _bucket.Before = async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        await Should.ThrowAsync<OperationCanceledException>(() => _store.OpenAsync(asset, stop.Token));
    }

    private static IEnumerable<Func<Task>> Operations(S3AssetStore store, Asset asset)
    {
        yield return () => store.OpenAsync(asset, Cancel);
        yield return () => store.LocalPathAsync(asset, Cancel);
        yield return () => store.ExistsAsync(asset, Cancel);
        yield return () => store.DeleteAsync(asset.JobId, Cancel);
        yield return () => store.CheckAsync(Cancel);
        yield return () => store.SweepAsync(Cancel);
        yield return () => store.AdoptAsync(Write(store, asset.JobId, 1000), asset, Cancel);
        yield return () => store.AdoptAsync(Write(store, asset.JobId, 9_000_000), asset with { Bytes = 9_000_000 }, Cancel);
        yield return () => store.PutInputAsync(Write(store, asset.JobId, 1000), new CleanImage("image/png", 1, 1), Cancel);
    }

    private static string Write(S3AssetStore store, JobId job, int bytes)
    {
        var file = Path.Combine(store.WorkFolder(job), $"result-{bytes}");
        File.WriteAllBytes(file, new byte[bytes]);
        return file;
    }

    private static IEnumerable<string> Leaks(Exception fault) =>
        ((string[])[Secret, Id, "Signature=", "Credential=", S3Server.Bucket, "StringToSign"]).Where(s => fault.ToString().Contains(s, StringComparison.Ordinal));

    private static bool IsRead(HttpContext context) => HttpMethods.IsGet(context.Request.Method) && context.Request.Headers.Range.Count > 0;

    private static async Task<bool> BreakOffAsync(HttpContext context, byte[] data, Func<bool> wanted)
    {
        if (!IsRead(context) || !wanted())
        {
            return false;
        }

        var (from, to) = StandInBucket.Range(context.Request, data.Length);
        context.Response.StatusCode = 206;
        context.Response.ContentLength = to + 1 - from;
        await context.Response.Body.WriteAsync(data.AsMemory(from, (to + 1 - from) / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
        return true;
    }

    private static async Task<bool> CutUploadAsync(HttpContext context, Func<bool> wanted)
    {
        if (!HttpMethods.IsPut(context.Request.Method) || !wanted())
        {
            return false;
        }

        await context.Request.Body.ReadAtLeastAsync(new byte[100_000], 100_000, throwOnEndOfStream: false);
        context.Abort();
        return true;
    }

    private static JobId TestJob() => JobId.New(new SystemRandomBytes());

    private S3AssetStore Connect(string endpoint, int timeout = 20) =>
        S3Stores.Make(_folder.File("data"), S3Stores.Options(endpoint) with { AccessKey = Id, SecretKey = Secret, TimeoutSeconds = timeout });

    private async Task<(Asset Asset, byte[] Data)> StoreAsync(int bytes, JobId? job = null, CancellationToken? cancel = null)
    {
        var id = job ?? TestJob();
        var data = RandomNumberGenerator.GetBytes(bytes);
        var file = Path.Combine(_store.WorkFolder(id), "result");
        await File.WriteAllBytesAsync(file, data, Cancel);
        var asset = new Asset
        {
            JobId = id,
            Role = AssetRole.Video,
            FileName = "video.mp4",
            MimeType = "video/mp4",
            Bytes = bytes,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(data)),
        };
        await _store.AdoptAsync(file, asset, cancel ?? Cancel);
        return (asset, data);
    }

    private async Task<byte[]> ReadAsync(Asset asset, S3AssetStore? store = null)
    {
        await using var stream = await (store ?? _store).OpenAsync(asset, Cancel);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, Cancel);
        return all.ToArray();
    }
}
