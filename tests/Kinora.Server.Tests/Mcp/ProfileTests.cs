using System.Text.Json;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp;

/// <summary>
/// The profiles against what the originals offer (their READMEs and source, read 2026-11): every name, parameter, default, list of choices and result field.
/// A parameter is written <c>name</c>, <c>name*</c> (required), <c>name=default</c>, then its choices in brackets.
/// </summary>
public sealed class ProfileTests
{
    private const string VideoFields = "id object status progress model created_at completed_at seconds size prompt remixed_from_video_id error";

    public static TheoryData<string, string, string, string> Originals => new()
    {
        { "sora2-mcp", "create_video", "prompt* model=sora-2[sora-2|sora-2-pro] size=1280x720[1280x720|1920x1080|720x1280|1080x1920] seconds=8[4|8|12] input_reference", VideoFields },
        { "sora2-mcp", "get_video_status", "video_id*", VideoFields },
        { "sora2-mcp", "download_video", "video_id* variant=video[video|thumbnail|spritesheet]", "video_id variant size_bytes data_base64 note" },
        { "sora2-mcp", "list_videos", "limit=10 after order=desc[asc|desc]", "object data has_more first_id last_id" },
        { "sora2-mcp", "delete_video", "video_id*", "id object deleted" },
        { "sora2-mcp", "remix_video", "video_id* prompt*", VideoFields },
        {
            "sora-mcp-server", "sora_create_video",
            "prompt* model=sora-2[sora-2|sora-2-pro] seconds[4|8|12] size[720x1280|1280x720|1024x1792|1792x1024] input_reference_filename", VideoFields
        },
        { "sora-mcp-server", "sora_get_status", "video_id*", VideoFields },
        { "sora-mcp-server", "sora_download", "video_id* filename variant=video[video|thumbnail|spritesheet]", "filename path variant" },
        { "sora-mcp-server", "sora_list", "limit=20 after order=desc[desc|asc]", "data has_more last" },
        { "sora-mcp-server", "sora_delete", "video_id*", "id object deleted" },
        { "sora-mcp-server", "sora_remix", "previous_video_id* prompt*", VideoFields },
        {
            "sora-mcp-server", "sora_list_references",
            "pattern file_type=all[all|jpeg|png|webp] sort_by=modified[modified|name|size] order=desc[desc|asc] limit=50", "data"
        },
        {
            "sora-mcp-server", "sora_prepare_reference",
            "input_filename* target_size*[720x1280|1280x720|1024x1792|1792x1024] output_filename resize_mode=crop[crop|pad|rescale]",
            "output_filename original_size target_size resize_mode path"
        },
    };

    [Theory]
    [MemberData(nameof(Originals))]
    public void Tool_IsThatOfTheOriginal(string profile, string name, string parameters, string results)
    {
        var tool = ToolListTests.Listed(ToolListTests.Profile(profile)).Single(t => t.GetProperty("name").GetString() == name);

        Describe(tool.GetProperty("inputSchema")).ShouldBe(parameters);
        string.Join(' ', tool.GetProperty("outputSchema").GetProperty("properties").EnumerateObject().Select(p => p.Name)).ShouldBe(results);
    }

    [Theory]
    [InlineData("sora2-mcp")]
    [InlineData("sora-mcp-server")]
    public void Profile_HasTheToolsOfTheOriginalAndNoOther(string profile) =>
        ToolListTests.Profile(profile).Select(t => t.Spec.Name)
            .ShouldBe(Originals.Where(row => row.Data.Item1 == profile).Select(row => row.Data.Item2));

    private static string Describe(JsonElement schema)
    {
        var required = schema.TryGetProperty("required", out var list) ? list.EnumerateArray().Select(r => r.GetString()).ToList() : [];
        return string.Join(' ', schema.GetProperty("properties").EnumerateObject().Select(p =>
            p.Name
            + (required.Contains(p.Name) ? "*" : "")
            + (p.Value.TryGetProperty("default", out var value) ? "=" + value : "")
            + (p.Value.TryGetProperty("enum", out var words) ? "[" + string.Join('|', words.EnumerateArray().Select(w => w.GetString())) + "]" : "")));
    }
}
