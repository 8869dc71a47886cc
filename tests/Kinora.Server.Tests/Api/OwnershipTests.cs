using System.Text.Json;
using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Nodes;
using Kinora.Server.Api;
using Kinora.Server.Security;
using Kinora.Server.Tests.Webhooks;
using Kinora.Server.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Nobody has what is another's: every operation of the route table, for everybody who might try .</summary>
public sealed class OwnershipTests(ApiScene scene) : IClassFixture<ApiScene>, IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    [Fact]
    public async Task EveryOperation_ForEverybody_IsRefusedAsItSays_AndTheOwnerComesIn()
    {
        var cast = await OwnershipCast.MakeAsync(scene, _receiver);
        var matrix = new OwnershipMatrix(cast, (operation, path, credential) => SendAsync(operation, path, credential));
        foreach (var operation in scene.Operations)
        {
            await matrix.CheckAsync(operation);
        }

        matrix.Count.ShouldBeGreaterThan(500);

        // The same addresses with a's own token are found: so the refusals are about the caller.
        foreach (var operation in scene.Operations.Where(o => o.Path.Contains("{id}", StringComparison.Ordinal) && o.Access != ApiAccess.Admin).OrderBy(Ends))
        {
            var reply = await SendAsync(operation, OwnedThings.Address(operation, cast.A.Ids), cast.A.Token);
            reply.Status.ShouldNotBeOneOf([401, 403, 404]);
            reply.Status.ShouldBeLessThan(500, reply.Everything);
        }
    }

    [Fact]
    public async Task Lists_AndPages_HoldOnesOwnOnly()
    {
        var cast = await OwnershipCast.MakeAsync(scene, _receiver);
        var eve = scene.TokenOf(await scene.AddUserAsync());
        foreach (var operation in scene.Operations.Where(o => o.Method == "GET" && !o.Path.Contains('{', StringComparison.Ordinal) && o.Access is ApiAccess.Read or ApiAccess.SignedIn))
        {
            var reply = await scene.GetAsync(operation.Path, eve);
            reply.Status.ShouldBe(200, reply.Everything);
            reply.Body.ShouldNotContain(OwnedThings.Mark);
            foreach (var id in cast.A.Ids.Where(i => i.Key != OwnedThings.OpenAisModel).Select(i => i.Value))
            {
                reply.Body.ShouldNotContain(id, customMessage: operation.Name);
            }
        }

        foreach (var (list, id) in ((string, string)[])[("videos", cast.A.Ids[OwnedThings.Video]), ("images", cast.A.Ids[OwnedThings.Image])])
        {
            (await scene.GetAsync($"/api/{list}?cursor={id}", eve)).Seen.ShouldBe((await scene.GetAsync($"/api/{list}?cursor={OwnedThings.Unknown[OwnedThings.Video]}", eve)).Seen, "another's cursor can be told from an unknown one");
            var page = await scene.GetAsync($"/api/{list}?cursor={id}", eve);
            (page.Status is 200 or 400).ShouldBeTrue(page.Everything);
            page.Body.ShouldNotContain(OwnedThings.Mark);
        }

        var after = await scene.GetAsync($"/v1/videos?after={cast.A.Ids[OwnedThings.OpenAisVideo]}", eve);
        after.Seen.ShouldBe((await scene.GetAsync($"/v1/videos?after={OwnedThings.Unknown[OwnedThings.OpenAisVideo]}", eve)).Seen);

        var deliveries = $"/api/webhooks/{cast.B.Ids[OwnedThings.Webhook]}/deliveries?cursor=";
        var foreign = (await scene.GetAsync(deliveries + cast.A.Ids[OwnedThings.Delivery], cast.B.Token)).ShouldBeRefused(400, "invalid_request", scene.Operation("listDeliveries"));
        foreign.Json.GetProperty("faults")[0].GetProperty("field").GetString().ShouldBe("cursor");
        (await scene.GetAsync(deliveries + OwnedThings.Unknown[OwnedThings.Delivery], cast.B.Token)).Seen.ShouldBe(foreign.Seen);
    }

    [Fact]
    public async Task AnothersPicture_NamedInABody_ReadsLikeAnUnknownOne()
    {
        var cast = await OwnershipCast.MakeAsync(scene, _receiver);
        var (mine, none) = ("image_" + Guid.Parse(cast.A.Ids[OwnedThings.Image]).ToString("N"), "image_" + Guid.Parse(OwnedThings.Unknown[OwnedThings.Image]).ToString("N"));
        foreach (var (path, body) in ((string, object)[])
        [
            ("/api/videos", new { prompt = "x", seconds = 1, size = "320x180", input_reference = "ID" }), ("/api/images", new { prompt = "x", from_image_id = "ID" }),
            ("/api/images", new { prompt = "x", image = "ID" }), ("/api/sessions", new { description = "x", from_image = "ID" }),
            ($"/api/sessions/{cast.B.Ids[OwnedThings.Session]}/images", new { prompt = "x", from_image_id = "ID" }),
        ])
        {
            var text = JsonSerializer.Serialize(body);
            var foreign = await scene.PostAsync(path, cast.B.Token, text.Replace("ID", mine, StringComparison.Ordinal));
            foreign.ShouldBeRefused(404);
            (await scene.PostAsync(path, cast.B.Token, text.Replace("ID", none, StringComparison.Ordinal))).Seen.ShouldBe(foreign.Seen, path);
        }
    }

    [Fact]
    public async Task Control_OperationsThatForgetSomething_FailTheMatrix()
    {
        var cast = await OwnershipCast.MakeAsync(scene, _receiver);
        var jobs = scene.Host.Get<IJobStore>();
        ApiOperation Leak(string path, ApiAccess access) => new("GET", path, "leak", "A job without a look at its owner", async call =>
        {
            var job = JobId.TryParse(call.Id, out var id) ? await jobs.GetAsync(id, null, call.Cancel) : null;
            await call.AnswerAsync(json => json.WriteStringValue(job?.Request.Prompt));
        })
        {
            Tag = "Leaks",
            Access = access,
            Answer = new ApiAnswer(null, ""),
        };

        (await FailsAsync(cast, Leak(OwnedThings.Video + "/leak", ApiAccess.Read))).ShouldContain("as another user: 200");
        (await FailsAsync(cast, Leak(OwnedThings.Video + "/open", ApiAccess.Anybody))).ShouldContain("is open to anybody");
        (await FailsAsync(cast, Leak("/api/new/{id}", ApiAccess.Read))).ShouldContain("whose ids stand at /api/new/{id}");
    }

    /// <summary>The matrix over one operation, in a server of this process.</summary>
    private async Task<string> FailsAsync(OwnershipCast cast, ApiOperation operation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        using var requests = new CallerRate(0);
        using var creates = new CreateRate(0, new OneNodeRates());
        new ApiEndpoint(
            new HostGuard(new ServerOptions(), []), new OwnPages(new ServerOptions()), scene.Host.Get<Identities>(), requests, creates, scene.Host.Get<IAssetStore>(), new SystemRandomBytes(), scene.Host.Get<LargeBodies>(), NullLogger<ApiEndpoint>.Instance).Map(app, [operation]);
        await app.StartAsync(Cancel);
        var matrix = new OwnershipMatrix(cast, (o, path, credential) => scene.SendAsync(o.Method, app.Urls.First() + path, credential, o.Body?.Example));
        return (await Record.ExceptionAsync(() => matrix.CheckAsync(operation))).ShouldBeOfType<ShouldAssertException>().Message;
    }

    private Task<ApiReply> SendAsync(ApiOperation operation, string path, string? credential) => scene.SendAsync(operation.Method, path, credential, operation.Body?.Example);

    /// <summary>What removes or ends a thing comes last.</summary>
    private static int Ends(ApiOperation operation) => operation.Name switch
    {
        "createSessionImage" or "remixVideo" or "editVideo" or "extendVideo" or "continueVideo" => 0,
        "changeWebhook" or "closeSession" => 2,
        _ when operation.Method == "DELETE" => 3,
        _ => 1,
    };
}
