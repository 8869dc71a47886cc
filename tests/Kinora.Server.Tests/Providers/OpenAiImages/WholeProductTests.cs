using Kinora.Adapters.Media.Images;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Media;
using Kinora.Server.Configuration;
using Kinora.Server.Lab;
using Kinora.Server.Tests.Commands;
using Kinora.Sessions;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Providers.OpenAiImages;

/// <summary>Through the whole product: request, job, engine, store; the lab's ledger tells what was paid.</summary>
public sealed class WholeProductTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("kinora-pictures-").FullName;
    private LabServer _lab = null!;
    private ServiceProvider _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _lab = await LabServer.StartAsync();
        _host = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _lab.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Picture_IsHere_WithWhatItCost()
    {
        var job = await DoneAsync(new GenerationDraft { Kind = MediaKind.Image, Prompt = "a lighthouse", Size = "1024x1024", Format = "webp", Background = "transparent" });

        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        job.Model.ShouldBe("pictures/gpt-image-2", "the default");
        job.ChargedUsd.ShouldBe(0.03005m);
        job.EstimateUsd.ShouldBeNull();
        job.Warnings.ShouldBeEmpty();
        job.Assets.ShouldContain(asset => asset.MimeType == "image/webp" && asset.Alpha && asset.Width == 1024);
    }

    [Theory]
    [InlineData("other_format", "jpeg")]
    [InlineData("other_size", "512x512")]
    [InlineData("opaque", "transparent")]
    public async Task Picture_OtherThanAsked_IsKeptAndTold(string picture, string told)
    {
        var job = await DoneAsync(new GenerationDraft
        {
            Kind = MediaKind.Image,
            Prompt = $"a lighthouse [lab:picture={picture}]",
            Size = "1024x1024",
            Format = "png",
            Background = picture == "opaque" ? "transparent" : null,
        });

        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        job.Warnings.ShouldHaveSingleItem().ShouldContain(told);
    }

    [Theory]
    [InlineData("bad_base64", ErrorCodes.AssetInvalid)]
    [InlineData("garbage", ErrorCodes.AssetInvalid)]
    [InlineData("none", ErrorCodes.AssetMissing)]
    public async Task Picture_Unusable_EndsTheJobAndIsNeverSentAgain(string picture, string code)
    {
        var job = await DoneAsync(new GenerationDraft { Kind = MediaKind.Image, Prompt = $"a lighthouse [lab:picture={picture}]" });

        (job.Status, job.ErrorCode, job.ChargedUsd).ShouldBe((JobStatus.Failed, code, 0.03005m));
        _lab.Ledger.Creates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Turn_ProgramEndsInTheMiddle_TheNextOneBringsItHome()
    {
        var id = await SubmitAsync(new GenerationDraft { Kind = MediaKind.Image, Model = "pictures/gpt-5.6-sol", Prompt = "a lighthouse [lab:running=4]" });
        await RunUntilAsync(id, job => job.Status == JobStatus.Running && job.RemoteId is not null);
        await _host.DisposeAsync();
        _host = Open();

        var job = await RunUntilAsync(id, job => job.Status.IsFinal());

        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        job.ChargedUsd.ShouldBeNull();
        _lab.Ledger.Creates.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Session_GoesOnUpstream_AndBranches()
    {
        var sessions = _host.GetRequiredService<SessionService>();
        var session = await sessions.CreateAsync(Caller.Local, new SessionDraft { Description = "A children's book." }, Cancel);
        var first = await TurnAsync(session, new GenerationDraft { Prompt = "a red house [lab:queued=0,running=0]" });
        await TurnAsync(session, new GenerationDraft { Prompt = "make the roof blue [lab:queued=0,running=0]" });
        await TurnAsync(session, new GenerationDraft { Prompt = "rather a green one [lab:queued=0,running=0]", SourceId = new ImageId(first.Id, 0).ToString() });

        var turns = _lab.Traffic.Sent.Where(sent => sent.Method == "POST").Select(sent => sent.Json!).ToList();
        turns.Select(turn => turn["previous_response_id"]?.GetValue<string>()).ShouldBe([null, first.RemoteId, first.RemoteId]);
        turns.ShouldAllBe(turn => turn["instructions"]!.GetValue<string>() == "A children's book.");
        turns.ShouldAllBe(turn => !turn["input"]!.ToJsonString(null).Contains("input_image", StringComparison.Ordinal));
        _lab.Ledger.Creates.Count.ShouldBe(3);
    }

    [Fact]
    public async Task RetiredModel_IsRefusedBeforeAnythingIsSent()
    {
        var refused = await Should.ThrowAsync<KinoraException>(() => SubmitAsync(new GenerationDraft { Kind = MediaKind.Image, Model = "pictures/dall-e-3", Prompt = "x" }));

        refused.Message.ShouldContain("pictures/gpt-image-2");
        _lab.Traffic.Requests.ShouldBeEmpty();
    }

    private async Task<Job> TurnAsync(ImageSession session, GenerationDraft turn)
    {
        var created = await _host.GetRequiredService<SessionService>().TurnAsync(Caller.Local, session.Id.ToString(), turn, Cancel);
        var job = await RunUntilAsync(created.Job.Id, job => job.Status.IsFinal());
        job.Status.ShouldBe(JobStatus.Completed, job.ErrorText);
        return job;
    }

    private async Task<Job> DoneAsync(GenerationDraft draft) => await RunUntilAsync(await SubmitAsync(draft), job => job.Status.IsFinal());

    private async Task<JobId> SubmitAsync(GenerationDraft draft) => (await _host.GetRequiredService<GenerationService>().SubmitAsync(Caller.Local, draft, Cancel)).Job.Id;

    private async Task<Job> RunUntilAsync(JobId id, Func<Job, bool> condition)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var runner = Task.Run(() => _host.GetRequiredService<JobRunner>().RunAsync(stop.Token), Cancel);
        try
        {
            while (true)
            {
                if (await _host.GetRequiredService<IJobStore>().GetAsync(id, null, Cancel) is { } job && condition(job))
                {
                    return job;
                }

                await Task.Delay(20, Cancel);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await runner;
        }
    }

    private ServiceProvider Open()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Providers:pictures:Kind"] = "openai-images",
            ["Providers:pictures:BaseUrl"] = new Uri(_lab.BaseUrl, "/openai/v1").ToString(),
            ["Providers:pictures:ApiKey"] = "lab-key",
            ["Providers:pictures:MinPollSeconds"] = "0.05",
            ["Storage:ReserveMegabytes"] = "1",
        };
        var (services, faults) = (new ServiceCollection(), new List<string>());
        KinoraHost.Register(
            services,
            new KinoraConfiguration(new DataFolder(_data), new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), new Dictionary<string, string>()),
            faults);
        faults.ShouldBeEmpty();

        // The worker that decodes pictures is the program, not this test.
        return services.AddSingleton<IImageTool>(new ImageCleaner(new ImageOptions(), [KinoraProgram.Executable, ImageWorkerCommand.Name])).BuildServiceProvider();
    }
}
