using System.Text.Json;
using Kinora.Characters;
using Kinora.Errors;
using Kinora.Server.Api;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Gateway;

/// <summary>OpenAI's characters: stills of a short video under a name, which later videos are guided by.</summary>
internal sealed class CharacterRoutes(CharacterService characters) : IApiRoutes
{
    private const string Example = """{"id":"char_550e8400e29b41d4a716446655440000","name":"Bolt","created_at":1795284000}""";

    private static readonly ApiAnswer _character = new(Schema.Shape.Object(("id", Text), ("name", Text), ("created_at", Integer)), Example);

    public IEnumerable<ApiOperation> Operations =>
    [
        new("POST", "/v1/videos/characters", "openaiCreateCharacter", "Make a character of a short video", AddAsync)
        {
            Tag = VideoRoutes.Tag,
            Style = OpenAiStyle.Instance,
            Access = ApiAccess.Create,
            About = "As a multipart form. Stills of the video are kept, and given as reference pictures to models that take some; name the character in the prompt.",
            Body = new ApiBody(new TextParam("name") { Required = true, MaxLength = 4 * CharacterRules.MaxNameLength })
            {
                Form = true,
                Files = [new ApiFile("video", 1, "The video") { Required = true, MaxBytes = CharacterRules.MaxBytes + 1, Kinds = "MP4, MOV or WebM, up to 100 MB and 60 seconds" }],
                Example = """{"name":"Bolt"}""",
            },
            Answer = _character,
            Errors = [ErrorCodes.LimitReached, ErrorCodes.MediaToolMissing, ErrorCodes.StorageFull],
        },
        new("GET", "/v1/videos/characters/{id}", "openaiGetCharacter", "One character", GetAsync)
        {
            Tag = VideoRoutes.Tag,
            Style = OpenAiStyle.Instance,
            Access = ApiAccess.Read,
            Answer = _character,
            Errors = [ErrorCodes.NotFound],
        },
    ];

    private async Task AddAsync(ApiCall call) => await AnswerAsync(call, await characters.AddAsync(call.Caller, call.Arguments.Text("name"), call.Sent("video")!.Path, call.Cancel));

    private async Task GetAsync(ApiCall call) => await AnswerAsync(call, await characters.GetAsync(call.Caller, call.Id, call.Cancel));

    private static Task AnswerAsync(ApiCall call, Character character) => call.AnswerAsync(json => Write(json, character));

    private static void Write(Utf8JsonWriter json, Character character)
    {
        json.WriteStartObject();
        json.WriteString("id", character.Id.ToString());
        json.WriteString("name", character.Name);
        json.WriteNumber("created_at", character.CreatedAt.ToUnixTimeSeconds());
        json.WriteEndObject();
    }
}
