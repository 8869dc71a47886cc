using System.Text.Json;
using Kinora.Assets;
using Kinora.Jobs;
using Kinora.Server.Api;
using Kinora.Server.Schema;
using Kinora.Server.Security;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Gateway.Images;

/// <summary>
/// Finished pictures as OpenAI's <c>ImagesResponse</c>, and as its events (openai-node 7.57.0, <c>resources/images.ts</c>). What was used is left out: no provider's
/// tokens are kept with a job.
/// </summary>
internal sealed class ImageAnswer(MediaLinks links)
{
    public static Shape Shape { get; } = Schema.Shape.Object(
        ("created", Integer), ("data", List(Schema.Shape.Object(("b64_json?", Text), ("url?", Text), ("revised_prompt?", Text)))), ("background", Text), ("output_format", Text), ("size", Text),
        ("quality?", Text), ("kinora", JobExtras.Shape));

    public const string Example = """
        {"created":1795284002,"data":[{"b64_json":"iVBORw0KGgo…"}],"background":"opaque","output_format":"png","size":"1024x1024","quality":"high",
        "kinora":{"id":"image_7d9f1c9e5a3b4a649d0f0a1b2c3d4e5f","stage":"completed","reason":"Done.","provider":"animatic","model":"animatic/storyboard","operation":"create",
        "estimated_usd":0,"charged_usd":null,"warnings":[],"files":[]}}
        """;

    public static async Task WriteAsync(LargeJson json, Job job, IReadOnlyList<MadeFile> files, bool deduplicated, CancellationToken cancel)
    {
        Begin(json.Json, job);
        foreach (var file in files)
        {
            json.Json.WriteStartObject();
            await json.WriteBase64Async("b64_json", file.Content, cancel);
            End(json.Json, file.Output?.RevisedPrompt);
        }

        Finish(json.Json, job, deduplicated);
    }

    /// <summary>Addresses that open for a few minutes, for whoever has them.</summary>
    public void WriteLinks(Utf8JsonWriter json, ApiCall call, Job job, bool deduplicated)
    {
        var request = call.Context.Request;
        Begin(json, job);
        foreach (var picture in Pictures(job))
        {
            json.WriteStartObject();
            json.WriteString("url", $"{request.Scheme}://{request.Host}{request.PathBase}{MediaFile.LinkPath}{links.Write(links.For(call.Caller.UserId, picture))}");
            End(json, picture.Index < job.Outputs.Count ? job.Outputs[picture.Index].RevisedPrompt : null);
        }

        Finish(json, job, deduplicated);
    }

    public static async Task WriteEventAsync(LargeJson json, string name, Job job, MadeFile file, bool deduplicated, CancellationToken cancel)
    {
        json.Json.WriteStartObject();
        json.Json.WriteString("type", name);
        json.Json.WriteNumber("created_at", Created(job));
        await json.WriteBase64Async("b64_json", file.Content, cancel);
        json.Json.WriteString("background", Background(file.Asset));
        json.Json.WriteString("output_format", file.Format);
        json.Json.WriteString("size", file.Size);
        json.Json.WriteString("quality", job.Request.Quality ?? "auto");
        JobExtras.Write(json.Json, job, deduplicated, named: true);
        json.Json.WriteEndObject();
    }

    private static void Begin(Utf8JsonWriter json, Job job)
    {
        json.WriteStartObject();
        json.WriteNumber("created", Created(job));
        json.WriteStartArray("data");
    }

    private static void End(Utf8JsonWriter json, string? revisedPrompt)
    {
        if (revisedPrompt is not null)
        {
            json.WriteString("revised_prompt", revisedPrompt);
        }

        json.WriteEndObject();
    }

    private static void Finish(Utf8JsonWriter json, Job job, bool deduplicated)
    {
        json.WriteEndArray();
        var first = new MadeFile(Pictures(job).First(), Stream.Null, null);
        json.WriteString("background", Background(first.Asset));
        json.WriteString("output_format", first.Format);
        json.WriteString("size", first.Size);
        if (job.Request.Quality is { } quality and not "auto")
        {
            json.WriteString("quality", quality);
        }

        JobExtras.Write(json, job, deduplicated, named: true);
        json.WriteEndObject();
    }

    private static IEnumerable<Asset> Pictures(Job job) => job.Assets.Where(a => a.Role == AssetRole.Image).OrderBy(a => a.Index);

    private static string Background(Asset picture) => picture.Alpha ? "transparent" : "opaque";

    private static long Created(Job job) => (job.EndedAt ?? job.CreatedAt).ToUnixTimeSeconds();
}
