using System.Text.Json;
using Kinora.Accounts;
using Kinora.Catalog;
using Kinora.Server.Api;
using Kinora.Server.Tests.Webhooks;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Api;

/// <summary>One of everything that somebody can own, by the place in an address where its id stands.</summary>
internal sealed record OwnedThings(Account Owner, string Token, IReadOnlyDictionary<string, string> Ids)
{
    /// <summary>In every prompt and name of his: whoever else reads it reads what is not his.</summary>
    public const string Mark = "quetzal-7f3a";

    public const string Video = "/api/videos/{id}";
    public const string OpenAisVideo = "/v1/videos/{id}";
    public const string OpenAisFile = "/v1/files/{id}";
    public const string OpenAisCharacter = "/v1/videos/characters/{id}";
    public const string OpenAisResponse = "/v1/responses/{id}";
    public const string OpenAisModel = "/v1/models/{**id}";
    public const string Image = "/api/images/{id}";
    public const string Session = "/api/sessions/{id}";
    public const string Key = "/api/keys/{id}";
    public const string Webhook = "/api/webhooks/{id}";
    public const string Delivery = "/api/webhooks/{id}/deliveries/{delivery}";

    /// <summary>Ids of the right form that nobody has.</summary>
    public static IReadOnlyDictionary<string, string> Unknown { get; } = new Dictionary<string, string>
    {
        [Video] = "3f0c9a52-5d1e-4b7a-9c11-0a2b4c6d8e0f",
        [OpenAisVideo] = "video_3f0c9a525d1e4b7a9c110a2b4c6d8e7f",
        [OpenAisResponse] = "resp_3f0c9a525d1e4b7a9c110a2b4c6d8e8f",
        [OpenAisModel] = "nobody/nothing",
        [OpenAisFile] = "file-3f0c9a525d1e4b7a9c110a2b4c6d8e8f",
        [OpenAisCharacter] = "char_3f0c9a525d1e4b7a9c110a2b4c6d8e9f",
        [Image] = "3f0c9a52-5d1e-4b7a-9c11-0a2b4c6d8e1f",
        [Session] = "session_3f0c9a525d1e4b7a9c110a2b4c6d8e2f",
        [Key] = "key_3f0c9a525d1e4b7a9c110a2b4c6d8e3f",
        [Webhook] = "wh_3f0c9a525d1e4b7a9c110a2b4c6d8e4f",
        [Delivery] = "msg_3f0c9a525d1e4b7a9c110a2b4c6d8e5f",
        ["/api/admin/users/{id}"] = "user_3f0c9a525d1e4b7a9c110a2b4c6d8e6f",
        ["/api/admin/jobs/{id}"] = "3f0c9a52-5d1e-4b7a-9c11-0a2b4c6d8e9f",
        ["/media/{link}"] = "VQ6EAOKbQdSnFkRmVUQAAAA",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<OwnedThings> MakeAsync(ApiScene scene, Account owner, WebhookReceiver receiver)
    {
        var token = scene.TokenOf(owner);
        var webhook = await IdAsync("/api/webhooks", new { url = receiver.Url, description = Mark });
        var video = await IdAsync("/api/videos", new { prompt = "A horse " + Mark, size = "320x180", seconds = "1" });
        var openAis = await IdAsync("/v1/videos", new { prompt = "A mare " + Mark, model = ModelCatalog.BuiltIn, size = "320x180", seconds = "1" });
        var session = await IdAsync("/api/sessions", new { description = Mark, session_name = Mark }, "session_id");
        var image = await IdAsync($"/api/sessions/{session}/images", new { prompt = "A kite " + Mark, size = "256x256" });
        var response = await IdAsync("/v1/responses", new { input = "A kite " + Mark, tools = new[] { new { type = "image_generation", size = "256x256" } }, background = true });
        var key = await IdAsync("/api/keys", new { name = Mark });
        var delivery = await IdAsync($"/api/webhooks/{webhook}/test", null);
        await scene.WaitAsync(owner.Id, video);
        await scene.WaitAsync(owner.Id, openAis);
        await scene.WaitAsync(owner.Id, image);
        var film = await scene.BytesAsync($"/v1/videos/{openAis}/content", token);
        var character = await SentAsync("/v1/videos/characters", "video", film, ("name", "Bolt " + Mark));
        var file = await SentAsync("/v1/files", "file", await scene.BytesAsync($"/api/images/{image}/content", token), ("purpose", "vision"));
        await scene.WaitAsync(owner.Id, response["resp_".Length..]);
        var link = (await scene.PostAsync($"/api/videos/{video}/link", token)).Json.GetProperty("url").GetString()!["/media/".Length..];
        return new OwnedThings(owner, token, new Dictionary<string, string>
        {
            [Video] = video,
            [OpenAisVideo] = openAis,
            [OpenAisResponse] = response,
            [OpenAisModel] = ModelCatalog.BuiltIn,
            [OpenAisFile] = file,
            [OpenAisCharacter] = character,
            [Image] = image,
            [Session] = session,
            [Key] = key,
            [Webhook] = webhook,
            [Delivery] = delivery,
            ["/api/admin/users/{id}"] = owner.Id,
            ["/api/admin/jobs/{id}"] = video,
            ["/media/{link}"] = link,
        });

        async Task<string> SentAsync(string path, string part, byte[] content, (string Name, string Value) field)
        {
            using var form = new MultipartFormDataContent { { new StringContent(field.Value), field.Name }, { new ByteArrayContent(content), part, Mark } };
            var reply = await scene.SendContentAsync("POST", path, token, form);
            reply.Status.ShouldBe(200, reply.Everything);
            return reply.Json.GetProperty("id").GetString()!;
        }

        async Task<string> IdAsync(string path, object? body, string name = "id")
        {
            var reply = await scene.PostAsync(path, token, body is null ? null : JsonSerializer.Serialize(body));
            reply.Status.ShouldBe(200, reply.Everything);
            return reply.Json.GetProperty(name).GetString()!;
        }
    }

    /// <summary>The address of an operation, with ids for what stands in braces.</summary>
    public static string Address(ApiOperation operation, params IReadOnlyDictionary<string, string>[] ids)
    {
        var (path, place) = ("", "");
        foreach (var part in operation.Path.Split('/').Skip(1))
        {
            place += "/" + part;
            path += "/" + (part.StartsWith('{') ? Of(place) : part);
        }

        return path;

        string Of(string where) => ids.Select(i => i.GetValueOrDefault(where)).FirstOrDefault(i => i is not null)
            ?? throw new ShouldAssertException($"{operation.Method} {operation.Path}: whose ids stand at {where}? The ownership matrix must know.");
    }
}
