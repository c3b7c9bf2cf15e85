using System.Text;
using CsCheck;

namespace Signaling.Server.Tests.Fuzz;

/// <summary>What looks like a message of <c>signaling.v1</c>: most are right, many nearly.</summary>
internal static class JsonTexts
{
    private static readonly Gen<string> Space = Gen.Frequency((6, Gen.Const("")), (1, Gen.OneOf(" ", "\n", "\t ", "\r\n  ")));

    private static readonly Gen<string> Key = Gen.OneOf(
        "data", "to", "ref", "type", "meta", "token", "from", "x", "",
        "d\\u0061ta", "\\u0064ata", "t\\u006F", "r\\u0065f", "typ\\u0065", "met\\u0061", "\\u0078", "Data", "data ", "data\\u0000", "\\/", "/", "ключ", "\\ud83d\\ude00", "😀", "\\ud800", "\\udc00x");

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, inner) => depth > 4 ? Scalar : Gen.Frequency(
        (6, Scalar),
        (1, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]")),
        (1, Gen.Select(Key, Space, inner).Array[0, 3].Select(members => $"{{{string.Join(",", members.Select(one => $"\"{one.Item1}\":{one.Item2}{one.Item3}"))}}}")),
        (1, Gen.Int[55, 70].Select(deep => $"{new string('[', deep)}{new string(']', deep)}"))));

    private static readonly Gen<string> Members = Gen.Select(Space, Key, Space, Value, (space, key, after, value) => $"{space}\"{key}\"{after}:{after}{value}{space}")
        .Array[0, 5].Select(members => string.Join(',', members));

    /// <summary>Objects, values, and pieces of both in any order.</summary>
    public static readonly Gen<byte[]> Any = Gen.Frequency(
        (8, Gen.Select(Space, Members, Space, (before, members, after) => $"{before}{{{members}}}{after}")),
        (1, Value),
        (1, Gen.Frequency((1, Key), (1, Value), (4, Gen.OneOf("{", "}", "[", "]", ":", ",", "\"", "{\"data\":", "\\", "\0", "//", "/*", "\uFEFF"))).Array[0, 8].Select(string.Concat)))
        .Select(Encoding.UTF8.GetBytes);

    private static Gen<string> Scalar => Gen.OneOf(
        Gen.OneOf("1", "1.0", "-0", "0e0", "1e999999", "-123456789012345678901234567890.5E-7", "01", "+1", ".5", "1.", "NaN", "Infinity"),
        Gen.OneOf("true", "false", "null", "True", "nul", ""),
        Gen.OneOf("\"meta\"", "\"ice\"", "\"bye\"", "\"token\"", "\"b\\u0079e\"", "\"welcome\"", "\"\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"\\x\"", "\"\\u12\"", "\"a\tb\"", "'x'"),
        Gen.Int[60, 70].Select(length => $"\"{new string('r', length)}\""),
        Gen.Const($"\"{new string('m', 4095)}\""),
        Gen.Const($$"""{"m":"{{new string('m', 4088)}}"}"""),
        Gen.Const($$"""{"m":"{{new string('m', 4089)}}"}"""));
}
