using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Schema;

namespace Kinora.Server.Api;

/// <summary>The words in which an API answers: bodies and statuses of faults, headers of every answer. What is checked, and how, is the same under each.</summary>
internal abstract class ApiStyle
{
    /// <summary>Of what lies under <c>/api</c>.</summary>
    public static ApiStyle Platform { get; } = new PlatformStyle();

    /// <summary>Of the body of a fault among OpenAPI's components.</summary>
    public abstract string ErrorName { get; }

    public abstract Shape ErrorShape { get; }

    /// <summary>Of an answer that says this and nothing else.</summary>
    public abstract int StatusOf(string code);

    public virtual int StatusOf(KinoraException fault) => StatusOf(fault.Code);

    /// <summary>The body that a fault has.</summary>
    public abstract void Write(Utf8JsonWriter json, KinoraException fault, string requestId);

    /// <summary>Headers of every answer.</summary>
    public virtual void AddHeaders(HttpContext context)
    {
    }

    /// <summary>Headers of a refusal.</summary>
    public virtual void AddHeaders(HttpContext context, KinoraException fault)
    {
    }

    private sealed class PlatformStyle : ApiStyle
    {
        public override string ErrorName => "Error";

        public override Shape ErrorShape { get; } = Shape.Object(
            ("error", Shape.Text), ("code", Shape.Text), ("request_id", Shape.Text), ("category", Shape.Text), ("retryable", Shape.Flag), ("suggestion", Shape.Text),
            ("faults?", Shape.List(Shape.Object(("field", Shape.Text), ("code", Shape.Text), ("message", Shape.Text)))));

        public override int StatusOf(string code) => ApiErrors.StatusOf(code);

        public override void Write(Utf8JsonWriter json, KinoraException fault, string requestId) => ApiErrors.Write(json, fault, requestId);
    }
}
