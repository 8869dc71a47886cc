namespace Kinora.Server.Lab.Shapes;

/// <summary><c>/videos</c> in OpenAI's shape and its dialects, each below a prefix of its own (<c>/openai/v1</c>, <c>/sglang/v1</c> …).</summary>
internal sealed class OpenAiVideosShape : ILabShape
{
    public IEnumerable<(string Prefix, string What)> Help => OpenAiVariant.All.Select(variant => ($"/{variant.Name}/v1", variant.What));

    public void Map(IEndpointRouteBuilder routes, LabDesk desk)
    {
        foreach (var variant in OpenAiVariant.All)
        {
            // Links of results ask for no key, as on a file host.
            var door = new LabDoor(desk, variant.Error, context => variant.NeedsKey && context.Request.Path.StartsWithSegments("/" + variant.Name));
            var creates = new OpenAiVideosCreates(desk, door, variant);
            var calls = new OpenAiVideosCalls(desk, door, variant);
            var group = routes.MapGroup($"/{variant.Name}/v1");
            group.MapGet("/models", door.Answer(OpenAiVideosCalls.ModelsAsync));
            group.MapPost("/videos", door.Answer(context => creates.CreateAsync(context, null)));
            group.MapGet("/videos/{id}", door.Answer(calls.RetrieveAsync));
            if (!variant.Blocks)
            {
                group.MapGet("/videos/{id}/content", door.Answer(calls.ContentAsync));
            }

            if (variant.OtherPoll is { } other)
            {
                group.MapGet(other, door.Answer(calls.QueryAsync));
            }

            if (variant.List != ListForm.None)
            {
                group.MapGet("/videos", door.Answer(calls.ListAsync));
            }

            if (variant.Delete != DeleteForm.None)
            {
                group.MapDelete("/videos/{id}", door.Answer(calls.DeleteAsync));
            }

            if (variant.Remix)
            {
                group.MapPost("/videos/{id}/remix", door.Answer(context => creates.CreateAsync(context, LabDoor.IdOf(context))));
            }

            if (variant.Edits)
            {
                group.MapPost("/videos/edits", door.Answer(creates.FollowUpAsync));
                group.MapPost("/videos/extensions", door.Answer(creates.FollowUpAsync));
            }

            routes.MapGet($"/lab/files/{variant.Name}/{{id}}", door.Answer(calls.FileAsync));
        }
    }
}
