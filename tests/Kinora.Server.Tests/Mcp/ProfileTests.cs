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

    private const string Look = "quality=auto[auto|low|medium|high] size=auto[auto|1024x1024|1536x1024|1024x1536] background=auto[auto|transparent]";
    private const string MadeFields = "success image_path image_generation_id revised_prompt original_prompt metadata session_context";
    private const string SingleFields = "single_shot temporary_session_id";
    private const string PictureFaults = "error error_type retryable available_sessions";

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
        {
            "sora-mcp-server", "image_create",
            "prompt* model=gpt-5 size[auto|1024x1024|1024x1536|1536x1024] quality[low|medium|high|auto] output_format=png[png|jpeg|webp] "
            + "background[transparent|opaque|auto] previous_response_id",
            "id status created_at"
        },
        { "sora-mcp-server", "image_get_status", "response_id*", "id status created_at" },
        { "sora-mcp-server", "image_download", "response_id* filename", "filename path size format" },
        {
            "openai-image-mcp", "create_image_session", "description* model=gpt-4o session_name",
            "success session_id model created_at status session_name description error error_type"
        },
        {
            "openai-image-mcp", "generate_image_in_session", $"session_id* prompt* reference_image_path mask_image_path {Look}",
            $"{MadeFields} {PictureFaults}"
        },
        {
            "openai-image-mcp", "get_session_status", "session_id*",
            "success session_id active created_at last_activity model session_name total_generations recent_images conversation_summary total_conversation_turns "
            + "error error_type available_sessions"
        },
        { "openai-image-mcp", "list_active_sessions", "", "success sessions total_active error error_type" },
        { "openai-image-mcp", "close_session", "session_id*", "success status session_id final_image_count error error_type available_sessions" },
        {
            "openai-image-mcp", "generate_image", $"prompt* session_id model=gpt-4o {Look} use_case=general", $"{MadeFields} {SingleFields} {PictureFaults}"
        },
        {
            "openai-image-mcp", "edit_image", "image_path* prompt* session_id mask_path quality=auto[auto|low|medium|high]",
            $"{MadeFields} {SingleFields} original_image_path {PictureFaults}"
        },
        {
            "openai-image-mcp", "generate_product_image",
            "product_description* session_id background_type=white[white|transparent|lifestyle] angle=front[front|side|three-quarter|top] "
            + "lighting=studio[studio|natural|dramatic|soft] batch_count=1",
            $"success product_description background_type angle lighting batch_count results summary {PictureFaults}"
        },
        {
            "openai-image-mcp", "generate_ui_asset",
            "asset_type*[icon|illustration|background|hero] description* session_id theme=modern[modern|classic|minimal|playful] "
            + "style_preset=flat[flat|3d|outline|filled] size_preset=standard[standard|small|large]",
            $"{MadeFields} {SingleFields} asset_type theme style_preset size_preset ui_asset_summary {PictureFaults}"
        },
        {
            "openai-image-mcp", "analyze_and_improve_image", "image_path* improvement_goals* session_id preserve_elements",
            $"{MadeFields} {SingleFields} improvement_goals preserved_elements analysis_summary {PictureFaults}"
        },
        {
            "openai-image-mcp", "promote_image_to_session", "image_path* session_description* session_name",
            "success session_id session_name session_description original_context promoted_image ready_for_refinement next_steps error error_type help"
        },
        {
            "openai-image-mcp", "get_usage_guide", "",
            "success version architecture guide_content last_updated total_tools key_features quick_start error error_type"
        },
        {
            "openai-image-mcp", "get_server_stats", "",
            "success server_version api_type active_sessions max_sessions total_images_generated session_timeout_hours models_in_use error error_type"
        },
        {
            "juxin", "create_video",
            "prompt* orientation=landscape[landscape|portrait] size=small[small|large] images duration=15 watermark=False private=True wait_for_completion=False "
            + "character_url character_timestamps",
            "id status progress video_url thumbnail_url error warnings"
        },
        { "juxin", "query_video_status", "task_id*", "id status progress video_url thumbnail_url error warnings" },
        { "juxin", "query_all_videos", "task_ids*", "total pending processing completed failed unknown tasks" },
        { "juxin", "list_tasks", "limit=10 status=all[all|pending|processing|completed|failed]", "total pending processing completed failed success_rate tasks" },
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
    [InlineData("openai-image-mcp")]
    [InlineData("juxin")]
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
