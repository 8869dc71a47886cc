using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>How one kind of server with the Images API behaves: data (openai-node 7.57.0, src/resources/images.ts).</summary>
internal sealed record ImagesVariant(string Name, string What)
{
    public bool NeedsKey { get; init; }

    /// <summary>Refuses fields it does not know; answers are base64 always, with what was used.</summary>
    public bool Strict { get; init; }

    /// <summary>Answers as a stream when that is asked for.</summary>
    public bool Streams { get; init; }

    /// <summary>Has the Responses API beside it.</summary>
    public bool Responses { get; init; }

    public static readonly ImagesVariant[] All =
    [
        new("openai", "OpenAI's images: generations, edits, and background responses with the image tool; streams of all three")
        {
            NeedsKey = true, Strict = true, Streams = true, Responses = true,
        },
        new("images", "A server of one's own with the Images API alone: links unless b64_json is asked for, no key, nothing of what was used"),
    ];
}

/// <summary><c>/images</c> and <c>/responses</c> in OpenAI's shape, below <c>/openai/v1</c> and <c>/images/v1</c>.</summary>
internal sealed class OpenAiImagesShape : ILabShape
{
    public IEnumerable<(string Prefix, string What)> Help => ImagesVariant.All.Select(variant => ($"/{variant.Name}/v1", variant.What));

    public void Map(IEndpointRouteBuilder routes, LabDesk desk)
    {
        foreach (var variant in ImagesVariant.All)
        {
            var door = new LabDoor(desk, Error, context => variant.NeedsKey && context.Request.Path.StartsWithSegments("/" + variant.Name));
            var images = new ImagesCalls(desk, door, variant);
            var group = routes.MapGroup($"/{variant.Name}/v1");
            group.MapPost("/images/generations", door.Answer(context => images.CreateAsync(context, edits: false)));
            group.MapPost("/images/edits", door.Answer(context => images.CreateAsync(context, edits: true)));
            routes.MapGet($"/lab/files/{variant.Name}-pictures/{{id}}/{{index:int}}", door.Answer(images.FileAsync));
            if (variant.Responses)
            {
                var turns = new ResponsesCalls(desk, door);
                group.MapPost("/responses", door.Answer(turns.CreateAsync));
                group.MapGet("/responses/{id}", door.Answer(turns.RetrieveAsync));
                group.MapPost("/responses/{id}/cancel", door.Answer(turns.CancelAsync));
            }
            else
            {
                group.MapGet("/models", door.Answer(ModelsAsync));
            }
        }
    }

    private static Task ModelsAsync(HttpContext context) => LabDoor.JsonAsync(context, new JsonObject
    {
        ["object"] = "list",
        ["data"] = new JsonArray(
            new JsonObject { ["id"] = "lab-chat", ["object"] = "model", ["created"] = 0, ["owned_by"] = "lab" },
            new JsonObject { ["id"] = "lab-image", ["object"] = "model", ["created"] = 0, ["owned_by"] = "lab" }),
    });

    private static JsonObject Error(int status, string code, string message) => new()
    {
        ["error"] = new JsonObject
        {
            ["message"] = message,
            ["type"] = status >= 500 ? "server_error" : code == "moderation_blocked" ? "image_generation_user_error" : "invalid_request_error",
            ["param"] = null,
            ["code"] = code,
        },
    };
}
