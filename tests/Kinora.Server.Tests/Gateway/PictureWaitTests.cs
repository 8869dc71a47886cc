using System.Text;
using Kinora.Assets;
using Kinora.Configuration;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Configuration;
using Kinora.Server.Gateway;
using Kinora.Server.Gateway.Images;
using Kinora.Server.Security;
using Kinora.Tests.Fakes;
using Kinora.Tests.Media;
using Microsoft.AspNetCore.Http.Features;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Gateway;

/// <summary>Requests that got no answer, and come again without a word of it. Nothing works off the jobs here.</summary>
public sealed class PictureWaitTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly LimitClock _limits = new();
    private readonly TestClock _clock = new();
    private KinoraHost _host = null!;
    private PictureWait _wait = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _host = KinoraHost.Open(new KinoraConfiguration(new DataFolder(_folder.Path), new ConfigurationBuilder().Build(), new Dictionary<string, string>()));
        _wait = new PictureWait(_host.Get<GenerationService>(), new LostAnswers(_clock), _limits);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task AJobThatTakesTooLong_IsA504_AndTheSameRequestWaitsOn()
    {
        var (call, first) = await SubmitAsync("A kite");
        var waiting = _wait.AnswerAsync(call, () => _wait.EndAsync(call, first.Job));
        _limits.Pass();

        var fault = await Should.ThrowAsync<KinoraException>(waiting);
        (fault.Code, OpenAiStyle.Images.StatusOf(fault)).ShouldBe((ErrorCodes.NotReady, 504));
        fault.Message.ShouldContain(first.Job.PublicId);
        var (again, second) = await SubmitAsync("A kite");
        (second.AlreadyThere, second.Job.Id).ShouldBe((true, first.Job.Id));
        again.Context.Response.Headers["idempotent-replayed"].ToString().ShouldBe("true");
        (await SubmitAsync("Another kite")).Created.AlreadyThere.ShouldBeFalse();
        (await SubmitAsync("A kite", "somebody")).Created.AlreadyThere.ShouldBeFalse("that is another's");
    }

    [Fact]
    public async Task ALostAnswer_IsForgotten_WhenItWasGiven_OrIsLongAgo()
    {
        var (call, first) = await SubmitAsync("A kite");
        await LoseAsync(call);
        (await SubmitAsync("A kite")).Created.Job.Id.ShouldBe(first.Job.Id);

        await _wait.AnswerAsync(call, () => Task.CompletedTask);
        var (another, second) = await SubmitAsync("A kite");
        second.Job.Id.ShouldNotBe(first.Job.Id, "a wish of its own");

        await LoseAsync(another);
        _clock.Advance(GenerationService.ResendWindow);
        (await SubmitAsync("A kite")).Created.AlreadyThere.ShouldBeFalse();
    }

    [Fact]
    public async Task AnAnswerThatNobodyWasThereToTake_IsLost()
    {
        using var gone = new CancellationTokenSource();
        var (call, first) = await SubmitAsync("A kite");
        call.Context.RequestAborted = gone.Token;

        // Nothing throws: the bytes went nowhere.
        await _wait.AnswerAsync(call, gone.CancelAsync);

        (await SubmitAsync("A kite")).Created.Job.Id.ShouldBe(first.Job.Id);
    }

    private Task<KinoraException> LoseAsync(ApiCall call) =>
        Should.ThrowAsync<KinoraException>(_wait.AnswerAsync(call, () => Task.FromException(new KinoraException(ErrorCodes.NotReady, "Not yet."))));

    private async Task<(ApiCall Call, CreateResult Created)> SubmitAsync(string prompt, string user = "me")
    {
        var json = Encoding.UTF8.GetBytes($$"""{"prompt":"{{prompt}}","size":"256x256"}""");
        var context = new DefaultHttpContext();
        context.Features.Set<IHttpMaxRequestBodySizeFeature>(new AnySize());
        context.Request.Path = "/v1/images/generations";
        (context.Request.ContentType, context.Request.ContentLength, context.Request.Body) = ("application/json", json.Length, new MemoryStream(json));
        var operation = new ApiSurface(_host.Services).Operations.Single(o => o.Name == "openaiGenerateImages");
        var call = new ApiCall(
            context, new Identity(new Caller(user), Accounts.KeyScopes.Create, SignIn: null), await ApiForm.ReadAsync(operation, context, _host.Get<IAssetStore>(), new SystemRandomBytes(), _host.Get<LargeBodies>()));
        return (call, await _wait.SubmitAsync(call, ImageParams.Read(call, edits: false).Draft));
    }

    private sealed class AnySize : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }

    /// <summary>Its timers end when a test says so.</summary>
    private sealed class LimitClock : TimeProvider
    {
        private Action? _pass;

        public void Pass() => _pass!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            dueTime.ShouldBe(PictureWait.Longest);
            _pass = () => callback(state);
            return base.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
