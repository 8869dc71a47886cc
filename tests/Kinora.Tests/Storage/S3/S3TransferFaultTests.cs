using System.Security.Cryptography;
using Kinora.Errors;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Storage.S3;

/// <summary>Transfers to and from a bucket that break off, stand still, or are left half done.</summary>
public sealed class S3TransferFaultTests : S3FaultScene
{
    [Fact]
    public async Task Read_BrokenOffAgainAndAgain_GoesOnWhereItWas()
    {
        var (asset, data) = await StoreAsync(5_000_000);
        var breaks = 0;
        Bucket.Before = context => BreakOffAsync(context, data, () => ++breaks % 2 == 1);

        (await ReadAsync(asset)).AsSpan().SequenceEqual(data).ShouldBeTrue();
        breaks.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Read_StandingStill_IsGivenUpAndTakenUpAnew()
    {
        var (asset, data) = await StoreAsync(2_000_000);
        using var store = Connect(Bucket.Endpoint, timeout: 1);
        var stalls = 0;
        Bucket.Before = async context =>
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
        await using var stream = await Store.OpenAsync(asset, Cancel);
        await stream.ReadExactlyAsync(new byte[1000], Cancel);
        Bucket.Objects[Bucket.Objects.Keys.Single()] = RandomNumberGenerator.GetBytes(3_000_000);

        stream.Seek(2_000_000, SeekOrigin.Begin);
        var fault = await Should.ThrowAsync<KinoraException>(async () => await stream.ReadExactlyAsync(new byte[1000], Cancel));

        fault.Code.ShouldBe(ErrorCodes.AssetMissing);
    }

    [Fact]
    public async Task Upload_BrokenOffInTheMiddleOfAPart_IsSentAgain()
    {
        var cuts = 0;
        Bucket.Before = context => CutUploadAsync(context, () => cuts++ == 0);

        var (asset, data) = await StoreAsync(20_000_000);

        cuts.ShouldBeGreaterThan(1);
        (await ReadAsync(asset)).AsSpan().SequenceEqual(data).ShouldBeTrue();
        Bucket.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_ThatNeverSucceeds_LeavesNoPartsAndNoObject()
    {
        Bucket.Before = context => CutUploadAsync(context, () => context.Request.Query["partNumber"] == "2");

        var fault = await Should.ThrowAsync<KinoraException>(() => StoreAsync(20_000_000));

        fault.Code.ShouldBe(ErrorCodes.StorageUnavailable);
        Bucket.Objects.ShouldBeEmpty();
        Bucket.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_Cancelled_LeavesNoPartsAndNoObject()
    {
        using var stop = new CancellationTokenSource();
        Bucket.Before = async context =>
        {
            if (context.Request.Query["partNumber"] == "2")
            {
                await stop.CancelAsync();
            }

            return false;
        };

        await Should.ThrowAsync<OperationCanceledException>(() => StoreAsync(20_000_000, cancel: stop.Token));

        Bucket.Objects.ShouldBeEmpty();
        Bucket.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_LeftByAProcessThatDied_IsEndedByTheNextTryAndByTheSweep()
    {
        Bucket.UploadsBegin = DateTimeOffset.UtcNow.AddDays(-2);
        // The abort does not get through, as if nobody had been left to send it.
        Bucket.Before = async context =>
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
        Bucket.Uploads.Count.ShouldBe(2);
        Bucket.Before = _ => Task.FromResult(false);

        Bucket.UploadsBegin = DateTimeOffset.UtcNow;
        await StoreAsync(20_000_000, job: job);
        Bucket.Uploads.Count.ShouldBe(1);
        await Store.SweepAsync(Cancel);

        Bucket.Uploads.ShouldBeEmpty();
    }

    [Fact]
    public async Task Sweep_UploadUnderWay_IsLeftAlone()
    {
        var swept = false;
        Bucket.Before = async context =>
        {
            if (context.Request.Query["partNumber"] == "2" && !swept)
            {
                swept = true;
                await Store.SweepAsync(Cancel);
            }

            return false;
        };

        var (asset, data) = await StoreAsync(20_000_000);

        swept.ShouldBeTrue();
        (await ReadAsync(asset)).AsSpan().SequenceEqual(data).ShouldBeTrue();
    }

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
}
