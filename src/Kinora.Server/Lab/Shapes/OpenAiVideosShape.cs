namespace Kinora.Server.Lab.Shapes;

/// <summary><c>/videos</c> in OpenAI's shape and its dialects, each below a prefix of its own (<c>/openai/v1</c>, <c>/sglang/v1</c> …).</summary>
internal sealed class OpenAiVideosShape : ILabShape
{
    public IEnumerable<(string Prefix, string What)> Help => OpenAiVariant.All.Select(variant => ($"/{variant.Name}/v1", variant.What));

    public void Map(IEndpointRouteBuilder routes, LabDesk desk)
    {
        foreach (var variant in OpenAiVariant.All)
        {
            var calls = new OpenAiVideosCalls(desk, variant);
            var group = routes.MapGroup($"/{variant.Name}/v1");
            group.MapGet("/models", calls.Answer(OpenAiVideosCalls.ModelsAsync));
            group.MapPost("/videos", calls.Answer(context => calls.CreateAsync(context, null)));
            group.MapGet("/videos/{id}", calls.Answer(calls.RetrieveAsync));
            if (!variant.Blocks)
            {
                group.MapGet("/videos/{id}/content", calls.Answer(calls.ContentAsync));
            }

            if (variant.OtherPoll is { } other)
            {
                group.MapGet(other, calls.Answer(calls.QueryAsync));
            }

            if (variant.List != ListForm.None)
            {
                group.MapGet("/videos", calls.Answer(calls.ListAsync));
            }

            if (variant.Delete != DeleteForm.None)
            {
                group.MapDelete("/videos/{id}", calls.Answer(calls.DeleteAsync));
            }

            if (variant.Remix)
            {
                group.MapPost("/videos/{id}/remix", calls.Answer(context => calls.CreateAsync(context, OpenAiVideosCalls.IdOf(context))));
            }

            if (variant.Edits)
            {
                group.MapPost("/videos/edits", calls.Answer(calls.FollowUpAsync));
                group.MapPost("/videos/extensions", calls.Answer(calls.FollowUpAsync));
            }

            // Links of results: no key asked for, as on a file host.
            routes.MapGet($"/lab/files/{variant.Name}/{{id}}", calls.Answer(calls.FileAsync));
        }
    }
}
