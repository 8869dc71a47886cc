using System.Text.Json;

namespace Kinora.Server.Schema;

/// <summary>A whole number.</summary>
internal sealed record IntegerParam(string Name, long Min, long Max) : Param(Name)
{
    public long? Default { get; init; }

    /// <summary>Set where clients of the original send fractions such as <c>10.0</c> and read <c>number</c> in the schema.</summary>
    public string SchemaType { get; init; } = "integer";

    public bool ShowRange { get; init; } = true;

    public override object? DefaultValue => Default;

    public override string Allowed => ShowRange || Min >= 0 ? FormattableString.Invariant($"a whole number from {Min} to {Max}") : "a whole number";

    public override bool IsOfItsType(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    public override object? Read(JsonElement value) =>
        value.ValueKind != JsonValueKind.Number ? null
        : value.TryGetInt64(out var number) || (value.TryGetDouble(out var real) && Whole(real, out number)) ? (number >= Min && number <= Max ? number : null)
        : null;

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteString("type", SchemaType);
        if (ShowRange)
        {
            json.WriteNumber("minimum", Min);
            json.WriteNumber("maximum", Max);
        }

        if (Default is { } value)
        {
            json.WriteNumber("default", value);
        }
    }

    /// <summary>JSON knows one kind of number: 10.0 is 10.</summary>
    private static bool Whole(double real, out long number)
    {
        number = Math.Abs(real) < 1L << 53 ? (long)real : 0;
        return number == real;
    }
}

/// <summary>A number with a fraction, e.g. of dollars.</summary>
internal sealed record NumberParam(string Name, decimal Min, decimal Max) : Param(Name)
{
    public override string Allowed => FormattableString.Invariant($"a number from {Min} to {Max}");

    public override bool IsOfItsType(JsonElement value) => value.ValueKind == JsonValueKind.Number;

    public override object? Read(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number >= Min && number <= Max ? number : null;

    protected override void WriteRules(Utf8JsonWriter json)
    {
        json.WriteString("type", "number");
        json.WriteNumber("minimum", Min);
    }
}
