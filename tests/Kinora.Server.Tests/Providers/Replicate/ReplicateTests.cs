using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kinora.Adapters.Providers.Replicate;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Providers;
using Kinora.Server.Lab;
using Kinora.Server.Lab.Tasks;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.Replicate;

public sealed class ReplicateTests : FidelityScene
{
    private const string Seedance = "bytedance/seedance-1-lite";

    private static readonly GenerationRequest _small = new() { Prompt = "a quiet harbour", Size = new FrameSize(854, 480), Seconds = 1 };

    private IMediaProvider Provider => Connect(new ReplicateModule(), new Uri(Lab.BaseUrl, "/replicate/v1"));

    [Theory]
    [InlineData("succeeded at once", "Finished")]
    [InlineData("failed at once [lab:inline=1,queued=0,running=0,end=failed]", "Accepted")]
    public async Task Submit_DoneAtOnce_IsFinished(string prompt, string outcome)
    {
        if (outcome == "Finished")
        {
            Lab.PlayNext("inline=1,queued=0,running=0");
        }

        (await Provider.SubmitAsync(Scene.Submission(_small with { Prompt = prompt }, Seedance), Cancel)).GetType().Name.ShouldBe(outcome);
    }

    [Theory]
    [InlineData(1, "google/nano-banana-2")]
    [InlineData(3, "black-forest-labs/flux-schnell")]
    public async Task Output_LinkOrList_IsReadWhole(int count, string model)
    {
        var submission = Scene.Submission(new GenerationRequest { Kind = MediaKind.Image, Prompt = "boats", Count = count }, model);

        var outputs = await OutputsAsync(Provider, submission);

        outputs.Count.ShouldBe(count);
        outputs.ShouldAllBe(output => output.Kind == MediaKind.Image && output.Url!.StartsWith("http"));
    }

    [Fact]
    public async Task Open_AfterAnHour_IsGoneAndALookStillWorks()
    {
        var clock = new HandClock();
        await using var lab = await LabServer.StartAsync(new LabOptions { Clock = clock }, Cancel);
        var provider = Connect(new ReplicateModule(), new Uri(lab.BaseUrl, "/replicate/v1"));
        var submission = Scene.Submission(_small, Seedance);
        var job = Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);
        var outputs = await OutputsAsync(provider, job);
        var opened = (await provider.OpenAsync(job, outputs[0], 0, Cancel)).ShouldBeOfType<OpenOutcome.Opened>();
        await opened.Body.DisposeAsync();

        clock.Now += TimeSpan.FromMinutes(61);

        (await provider.OpenAsync(job, outputs[0], 0, Cancel)).ShouldBeOfType<OpenOutcome.Gone>();
        (await provider.CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Finished>();
    }

    [Fact]
    public async Task Cancel_WhatIsDoneAlready_GoesOn()
    {
        var (provider, submission) = (Provider, Scene.Submission(_small with { Prompt = "a storm [lab:queued=0,running=0]" }, Seedance));
        var (stopping, running) = ((ICancellingProvider)provider, Scene.Submission(_small, Seedance));
        var done = Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);
        var job = Scene.Job(running, (await provider.SubmitAsync(running, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId);

        (await stopping.CancelAsync(done, Cancel)).ShouldBeFalse("it is paid for");
        (await provider.CheckAsync(done, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Finished>();
        (await stopping.CancelAsync(job, Cancel)).ShouldBeTrue();
        (await provider.CheckAsync(job, new Progress<double>(), Cancel)).ShouldBeOfType<CheckOutcome.Failed>().Code.ShouldBe(ErrorCodes.Cancelled);
        (await stopping.CancelAsync(Scene.Job(running, "unknown"), Cancel)).ShouldBeTrue("404");
    }

    [Fact]
    public async Task Find_DoubtfulCreate_IsTheOneThatIsEqual()
    {
        var (provider, lost) = (Provider, Scene.Submission(_small with { FirstFrame = One }, Seedance));
        await provider.SubmitAsync(Scene.Submission(_small with { FirstFrame = Two }, Seedance), Cancel);
        await provider.SubmitAsync(lost, Cancel);
        foreach (var prompt in (string[])["more", "and more", "than fits", "on a page"])
        {
            await provider.SubmitAsync(Scene.Submission(_small with { Prompt = prompt }, Seedance), Cancel);
        }

        var found = await FindAsync(provider, lost, DateTimeOffset.UtcNow);

        found.ShouldBe(Lab.Ledger.Creates[1].RemoteId);
        Lab.Traffic.Requests.Count(request => request.Method == "GET").ShouldBe(2, "it is on the second page");
    }

    [Theory]
    [InlineData("two of them")]
    [InlineData("owned")]
    [InlineData("made earlier")]
    [InlineData("made later")]
    [InlineData("no list")]
    public async Task Find_NotSurelyOurs_IsNull(string why)
    {
        var (provider, lost) = (Provider, Scene.Submission(_small, Seedance));
        await provider.SubmitAsync(lost, Cancel);
        if (why == "two of them")
        {
            await provider.SubmitAsync(lost, Cancel);
        }

        Lab.PlayAlways(why == "no list" ? "404" : null);
        var sentAt = DateTimeOffset.UtcNow + (why switch { "made earlier" => TimeSpan.FromHours(1), "made later" => TimeSpan.FromHours(-1), _ => TimeSpan.Zero });

        (await FindAsync(provider, lost, sentAt, owned: why == "owned")).ShouldBeNull();
    }

    [Fact]
    public async Task Submit_ModelOfAVersion_NamesTheVersion()
    {
        var version = new string('a', 64);
        var settings = new ProviderSettings { Name = "lab", Kind = "replicate", BaseUrl = new Uri(Lab.BaseUrl, "/replicate/v1"), ApiKey = Key, Models = ["someone/model:" + version] };
        new ReplicateModule().Check(settings).ShouldBeEmpty();

        await MakeAsync(new ReplicateModule().Create(settings, NoServices.Instance), "someone/model:" + version, _small with { FirstFrame = One });

        var sent = Lab.Traffic.Sent[0];
        sent.Path.ShouldBe("/replicate/v1/predictions");
        sent.Json!["version"]!.ToString().ShouldBe(version);
        sent.Json["input"]!["image"]!.ToString().ShouldStartWith("data:image/png;base64,");
    }

    [Fact]
    public async Task Submit_MoreThanItTakesInline_IsRefusedUnsent()
    {
        var large = Scene.Picture(10_000_001);

        (await Provider.SubmitAsync(Scene.Submission(_small with { FirstFrame = large }, Seedance), Cancel)).ShouldBeOfType<SubmitOutcome.Refused>().Code.ShouldBe(ErrorCodes.UnsupportedByModel);
        Lab.Traffic.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0:00", "", "Look")]
    [InlineData("0:04:59", "", "Look")]
    [InlineData("0:05:01", "", "Forged")]
    [InlineData("-0:05:01", "", "Forged")]
    [InlineData("0:00", "body", "Forged")]
    [InlineData("0:00", "webhook-id", "Forged")]
    [InlineData("0:00", "webhook-signature", "Forged")]
    public async Task Judge_Callback_ByTheAccountsSecret(string age, string changed, string verdict)
    {
        var provider = (ICallbackProvider)Provider;
        var time = (DateTimeOffset.UtcNow - TimeSpan.Parse(age, CultureInfo.InvariantCulture)).ToUnixTimeSeconds();
        var body = """{"id":"1","status":"succeeded"}""";
        var right = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(ReplicateShape.Secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"msg_1.{time}.{body}")));
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Webhook-Id"] = "msg_1",
            ["Webhook-Timestamp"] = time.ToString(CultureInfo.InvariantCulture),
            ["Webhook-Signature"] = "v1,b2xkIG9uZQ== v1," + right,
        };
        if (headers.ContainsKey(changed))
        {
            headers[changed] = "v1,b2xkIG9uZQ==";
        }

        var message = new CallbackMessage(headers, Encoding.UTF8.GetBytes(changed == "body" ? body + " " : body));

        (await provider.JudgeAsync(message, Cancel)).GetType().Name.ShouldBe(verdict);
        (await provider.JudgeAsync(message, Cancel)).GetType().Name.ShouldBe(verdict, "calls come twice");
        Lab.Traffic.Requests.ShouldHaveSingleItem("the secret is kept").Path.ShouldBe("/replicate/v1/webhooks/default/secret");
    }

    [Fact]
    public async Task Judge_NoSecretToBeHad_IsALook()
    {
        Lab.PlayAlways("403");

        (await ((ICallbackProvider)Provider).JudgeAsync(new CallbackMessage(new Dictionary<string, string>(), default), Cancel)).ShouldBeOfType<CallbackVerdict.Look>();
    }

    [Theory]
    [InlineData("veo")]
    [InlineData("a/b/c")]
    [InlineData("a/b:latest")]
    [InlineData("../b")]
    [InlineData("a/b?c")]
    public void Check_ModelThatIsNone_IsAFault(string model) =>
        new ReplicateModule().Check(new ProviderSettings { Name = "replicate", Kind = "replicate", ApiKey = "k", Models = [model] }).ShouldHaveSingleItem().ShouldContain("Models");

    [Fact]
    public async Task Models_TakeTheirOwnDefaults()
    {
        var models = await Provider.ListModelsAsync(Cancel);

        models.Select(model => model.Id).ShouldBeUnique();
        models.ShouldAllBe(model => model.Sizes == null || model.Sizes.Allows(model.Sizes.Default));
        models.ShouldAllBe(model => model.Durations == null || model.Durations.Allows(model.Durations.Default));
    }

    private static Task<string?> FindAsync(IMediaProvider provider, Submission submission, DateTimeOffset sentAt, bool owned = false) =>
        ((IReconcilingProvider)provider).FindAsync(submission, sentAt, _ => Task.FromResult(owned), Cancel).IdAsync();

    private async Task<IReadOnlyList<RemoteOutput>> OutputsAsync(IMediaProvider provider, Submission submission) =>
        await OutputsAsync(provider, Scene.Job(submission, (await provider.SubmitAsync(submission, Cancel)).ShouldBeOfType<SubmitOutcome.Accepted>().RemoteId));

    private static async Task<IReadOnlyList<RemoteOutput>> OutputsAsync(IMediaProvider provider, RemoteJob job)
    {
        CheckOutcome look;
        do
        {
            look = await provider.CheckAsync(job, new Progress<double>(), Cancel);
        }
        while (look is CheckOutcome.Running);

        return look.ShouldBeOfType<CheckOutcome.Finished>().Outputs;
    }
}
