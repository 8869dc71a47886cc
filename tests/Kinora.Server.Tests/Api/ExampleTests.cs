using System.Text.Json;
using Kinora.Accounts;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Api.Describing;
using Kinora.Server.Tests.Webhooks;
using Kinora.Tests.Fakes;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>Every operation, called as its description says: the example is taken, and the answer has the shape that is promised.</summary>
public sealed class ExampleTests(ApiScene scene) : IClassFixture<ApiScene>
{
    /// <summary>Those that end what others need; in this order, after all else.</summary>
    private static readonly string[] _last =
    [
        "changeWebhook", "deleteWebhook", "closeSession", "deleteImage", "deleteVideo", "openaiDeleteVideo", "openaiDeleteResponse", "revokeKey", "changeUser", "changePassword", "changePasswordAsOriginal", "signOut",
    ];

    /// <summary>The video that bodies of examples go on from.</summary>
    private const string ExampleVideo = "video_550e8400e29b41d4a716446655440000";

    /// <summary>Refused in the state of things here, and rightly: what is done cannot be stopped.</summary>
    private static readonly string[] _tooLate = ["cancelVideo", "cancelImage"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryExample_Works_AndTheAnswerHasItsShape()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var things = await OwnedThings.MakeAsync(scene, await scene.AdminAsync(), receiver);
        var other = await scene.AddUserAsync();
        var twin = await scene.Accounts.AddAsync("twin", ApiScene.AdminPassword, Role.User, Cancel);
        var ids = new Dictionary<string, string>(things.Ids) { ["/api/admin/users/{id}"] = other.Id, ["/api/admin/jobs/{id}"] = await UnknownJobAsync(other.Id) };
        var paths = JsonDocument.Parse(OpenApiDocument.Write(scene.Operations)).RootElement.GetProperty("paths");
        _last.Except(scene.Operations.Select(o => o.Name)).ShouldBeEmpty();
        foreach (var operation in scene.Operations.OrderBy(o => Array.IndexOf(_last, o.Name)))
        {
            var token = operation.Name switch
            {
                _ when operation.Access == ApiAccess.Anybody => null,
                // Nothing of hers ever ends, so nobody calls the address of the example.
                "createWebhook" => scene.TokenOf(other),
                "changePasswordAsOriginal" => scene.TokenOf(twin),
                _ => scene.TokenOf(await scene.AdminAsync()),
            };

            var example = operation.Body?.Example.Replace(ExampleVideo, things.Ids[OwnedThings.OpenAisVideo], StringComparison.Ordinal);
            var reply = operation.Body?.Files.SingleOrDefault(f => f.Required) is { } file
                ? await SendFormAsync(operation, token!, example!, file, things)
                : await scene.SendAsync(operation.Method, OwnedThings.Address(operation, ids), token, example);

            if (_tooLate.Contains(operation.Name))
            {
                reply.ShouldBeRefused(400, by: operation);
                continue;
            }

            reply.Status.ShouldBe(200, $"{operation.Name}: {reply.Everything}");
            var answer = paths.GetProperty(operation.Address).GetProperty(operation.Method.ToLowerInvariant()).GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Single();
            if (answer.Value.TryGetProperty("schema", out var schema))
            {
                reply.ShouldTellNothing().Headers["Content-Type"].ShouldStartWith(answer.Name);
                SchemaFit.Faults(schema, reply.Json).ShouldBeEmpty(operation.Name);
            }
        }
    }

    /// <summary>A job that was sent to a provider that this server does not have, and never answered for.</summary>
    private async Task<string> UnknownJobAsync(string owner)
    {
        var store = scene.Host.Get<IJobStore>();
        var (job, now) = (TestJobs.New(DateTimeOffset.UtcNow, owner, provider: "gone"), DateTimeOffset.UtcNow);
        await store.CreateAsync(new NewJob(job, null), Cancel);
        var claimed = (await store.ClaimAsync(new ClaimRequest("test", new Dictionary<string, int> { ["gone"] = 1 }, now, now.AddMinutes(1)), Cancel)).Jobs.ShouldHaveSingleItem();
        foreach (var (from, to) in new[] { (JobStatus.Queued, JobStatus.Submitting), (JobStatus.Submitting, JobStatus.SubmissionUnknown) })
        {
            var moved = await store.ApplyAsync(
                new JobUpdate { Lease = new JobLease(claimed.Id, claimed.Fence), From = from, To = to, Now = now, Due = now.AddMinutes(1), KeepLease = true, Reason = "Nobody answered." }, Cancel);
            moved.ShouldBeTrue();
        }

        return job.PublicId;
    }

    private async Task<ApiReply> SendFormAsync(ApiOperation operation, string token, string example, ApiFile file, OwnedThings things)
    {
        var content = await scene.BytesAsync(file.Name == "video" ? $"/v1/videos/{things.Ids[OwnedThings.OpenAisVideo]}/content" : $"/api/images/{things.Ids[OwnedThings.Image]}/content", token);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), file.Name, "example" } };
        foreach (var field in JsonDocument.Parse(example).RootElement.EnumerateObject())
        {
            form.Add(new StringContent(field.Value.ToString()), field.Name);
        }

        return await scene.SendContentAsync(operation.Method, operation.Path, token, form);
    }
}
