using System.Security.Cryptography;
using Kinora.Adapters.Storage.S3;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Jobs;
using Kinora.Media;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage.S3;

/// <summary>A bucket that is silent, answers with faults or turns us away.</summary>
public sealed class S3FaultTests : S3FaultScene
{
    [Theory]
    [InlineData(1_000)]
    [InlineData(9_000_000)]
    public async Task PutInput_TwentyAtOnce_WritesOnce(int bytes)
    {
        var data = RandomNumberGenerator.GetBytes(bytes);
        // Each has looked before any has written.
        var looked = 0;
        var all = new TaskCompletionSource();
        Bucket.Before = async context =>
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

        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Store.PutInputAsync(Folder.Write($"input-{n}", data), new CleanImage("image/png", 4, 3), Cancel)));

        Bucket.Writes.ShouldBe(1);
        made.Distinct().ShouldHaveSingleItem();
        Bucket.Objects.ShouldHaveSingleItem().Value.AsSpan().SequenceEqual(data).ShouldBeTrue();
        Bucket.Uploads.ShouldBeEmpty();
        await Store.PutInputAsync(Folder.Write("again", data), new CleanImage("image/png", 4, 3), Cancel);
        Bucket.Writes.ShouldBe(1);
    }

    [Fact]
    public async Task Copy_OfAnObjectThatIsDamaged_IsRefused()
    {
        var (asset, data) = await StoreAsync(1000);
        data[500] ^= 1;
        Bucket.Objects[Bucket.Objects.Keys.Single()] = data;

        (await Should.ThrowAsync<KinoraException>(() => Store.LocalPathAsync(asset, Cancel))).Code.ShouldBe(ErrorCodes.StorageDamaged);
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
        Bucket.Before = async context =>
        {
            await StandInBucket.RefuseAsync(context, status, code);
            return true;
        };

        foreach (var operation in Operations(Store, asset))
        {
            var fault = await Should.ThrowAsync<KinoraException>(operation);
            fault.Code.ShouldBe(expected);
            Leaks(fault).ShouldBeEmpty(fault.ToString());
        }

        (await Should.ThrowAsync<KinoraException>(() => Store.CheckAsync(Cancel))).Message.ShouldContain(words);
    }

    [Fact]
    public async Task Silence_OfTheService_EndsSoonAndSaysWhatToDo()
    {
        using var store = Connect(Bucket.Endpoint, timeout: 1);
        var (asset, _) = await StoreAsync(1000);
        Bucket.Before = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        var fault = await Should.ThrowAsync<KinoraException>(() => store.OpenAsync(asset, Cancel));

        fault.Code.ShouldBe(ErrorCodes.StorageUnavailable);
        fault.Message.ShouldContain("Storage:S3:Endpoint");
        Bucket.Before = _ => Task.FromResult(false);
        await store.CheckAsync(Cancel);
    }

    [Fact]
    public async Task Check_AskedAgainAtOnce_AsksTheBucketOnce()
    {
        for (var i = 0; i < 20; i++)
        {
            await Store.CheckAsync(Cancel);
        }

        Bucket.Log.Count.ShouldBe(1);
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
        Bucket.Before = async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        };

        await Should.ThrowAsync<OperationCanceledException>(() => Store.OpenAsync(asset, stop.Token));
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
}
